/** What the name and the front matter of a file say of the page that an engine made of it. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { dayOf, readDate } from "../dates.ts";
import type { Entry, SourceFrontMatter } from "../front-matter.ts";
import { datedName, wordsOf } from "../names.ts";
import type { Tell } from "../source-post.ts";
import { asFlag, asList, asText } from "../values.ts";
import { asWritten } from "./known-keys.ts";
import { extensions } from "./project-files.ts";

export interface Page {
  /** Path below the content folder, with forward slashes. */
  readonly file: string;
  /** Without date and extension; for a folder's `index.md` the folder's. */
  readonly name: string;
  readonly front: SourceFrontMatter;
  readonly title: string;
  /** From front matter. */
  readonly slug: string | undefined;
  readonly permalink: string | undefined;
  /** As our front matter has it. */
  readonly published: string;
  /** The day of it, `2019-01-02`. */
  readonly day: string;
  /** Whether the author said when; else `published` is a guess. */
  readonly isDated: boolean;
  readonly categories: readonly string[];
  readonly language: string | undefined;
}

interface RawPage {
  readonly file: string;
  readonly relative: string;
  readonly front: SourceFrontMatter;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly zone: string;
  readonly tell: Tell;
  readonly text: string;
  readonly separator: RegExp;
}

export async function pageOf({ file, relative, front, defaults, zone, tell, text, separator }: RawPage): Promise<Page> {
  const { day, rest, language } = nameOf(relative);
  const title = asText(front.take("title")?.value);
  const heading = title ? undefined : /^#\s+(.+?)\s*#*\s*$/m.exec(text.slice(front.bodyStart))?.[1];
  const words = wordsOf(rest);
  const chosen = title ?? heading ?? (words === "Picture" ? rest : words.charAt(0).toUpperCase() + words.slice(1));
  if (!title) tell(0, "front-matter", "there is no title", `it became "${chosen}"`);
  const { published, isDated } = await publishedOf({ file, front, day, zone, tell });
  const categories = front.take("categories", "category", "taxonomies.categories", "taxonomies.category");
  return {
    file: relative,
    name: rest,
    front,
    title: chosen,
    slug: asText(front.take("slug", "eleventycomputed.slug")?.value)?.replace(/^\/+|\/+$/g, ""),
    permalink: asText(front.take("url", "permalink", "path")?.value) ?? asText(defaults["permalink"]),
    published,
    day: dayOf(published, zone),
    isDated,
    categories: asList(categories?.value, categories?.key === "category" ? /,/ : separator),
    language: languageOf(front.take("language", "lang", "locale")) ?? language,
  };
}

function languageOf(entry: Entry | undefined): string | undefined {
  const tag = asText(entry?.value)?.replaceAll("_", "-");
  return tag && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(tag) ? tag : undefined;
}

/** `blog/2019-01-02-quiet/index.de.md` is a file of `quiet`, in German. */
function nameOf(relative: string): {
  readonly day: string | undefined;
  readonly rest: string;
  readonly language: string | undefined;
} {
  const parts = relative.replace(extensions, "").split("/");
  const last = parts.pop() ?? "";
  const [, stem = last, language] = /^(.+)\.([a-z]{2}(?:-[a-z]{2})?)$/i.exec(last) ?? [];
  const name = /^(?:index|_?page)$/i.test(stem) ? (parts.at(-1) ?? stem) : stem;
  const fromFolders = /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})\//.exec(relative);
  const { day, rest } = datedName(name);
  return { day: day ?? (fromFolders ? readDate(fromFolders.slice(1, 4).join("-")) : undefined), rest, language };
}

async function publishedOf(place: {
  readonly file: string;
  readonly front: SourceFrontMatter;
  readonly day: string | undefined;
  readonly zone: string;
  readonly tell: Tell;
}): Promise<Pick<Page, "published" | "isDated">> {
  const { file, front, day, zone, tell } = place;
  const entry =
    front.take(
      "date",
      "pubdate",
      "publishdate",
      "publisheddate",
      "publishedat",
      "published_at",
      "pubdatetime",
      "created",
      "createdat",
      "datepublished",
    ) ?? dateInPublished(front);
  const date = readDate(asWritten(entry?.value), zone);
  if (date) return { published: date, isDated: true };
  const named = day && readDate(day);
  const published = named ?? (await changeOf(file));
  const what = entry ? `"${entry.key}" is no date that can be read` : "there is no date";
  const from = named ? "the file's name" : "the file's last change";
  if (entry || !day) tell(entry?.offset ?? 0, "front-matter", what, `it became ${published}, from ${from}`);
  return { published, isDated: Boolean(entry ?? named) };
}

/** `published: false` is a flag; `published: 2019-01-02` a date. */
function dateInPublished(front: SourceFrontMatter): Entry | undefined {
  const entry = front.rest().find(({ key, value }) => key.toLowerCase() === "published" && asFlag(value) === undefined);
  return entry && front.take("published");
}

async function changeOf(file: string): Promise<string> {
  const run = promisify(execFile);
  const options = { cwd: path.dirname(file) };
  const git = await run(
    "git",
    ["log", "--diff-filter=A", "--follow", "--format=%cs", "--", path.basename(file)],
    options,
  ).catch(() => undefined);
  return git?.stdout.trim().split("\n").at(-1) || (await stat(file)).mtime.toISOString().slice(0, 10);
}
