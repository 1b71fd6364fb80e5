/** dev.to: `articles.json` of the export of an account, or what its interface answers. @see https://developers.forem.com/api */
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import type { KeyPath } from "../../content/structured.ts";
import { readDate } from "../dates.ts";
import { type Draft, edit } from "../draft.ts";
import { type Entry, readFrontMatter, type SourceFrontMatter } from "../front-matter.ts";
import type { Settings, SourcePicture, SourcePost, Tell } from "../source-post.ts";
import { tellInto } from "../source-post.ts";
import { forem } from "../templates/forem.ts";
import { asFlag, asList, asRecord, asRecords, asText } from "../values.ts";
import type { ExportKind } from "./export.ts";
import { firstAddress } from "./first-address.ts";
import { type JsonExport, readJson } from "./json-export.ts";
import { tellRest, valuesOf } from "./known-keys.ts";

type Row = Readonly<Record<string, unknown>>;

export const devto: ExportKind = {
  name: "dev.to",
  files: /\.(?:json|zip)$/i,
  is: (text) => /^\s*[[{]/.test(text) && /"body_markdown"\s*:/.test(text),
  async read(texts, { settings }) {
    const problems: ContentProblem[] = [];
    const byPath = new Map<string, Article>();
    const at = (address: string) => byPath.get(pathOn(address) ?? "");
    const templates = forem((address) => at(address)?.title);
    const posts = texts.flatMap((source) => readArticles(source, settings, problems));
    for (const post of posts) if (post.path) byPath.set(post.path, post);
    return { posts: posts.map((post) => ({ ...post, templates })), problems, idAt: (address) => at(address)?.id };
  },
};

/** With the path at which dev.to shows it, `/ada/quiet-1a2b`. */
type Article = SourcePost & { readonly path: string | undefined };

function pathOn(address: string): string | undefined {
  return /^https?:\/\/(?:www\.)?dev\.to(\/[^?#]+?)\/?(?:[?#].*)?$/i.exec(address)?.[1]?.toLowerCase();
}

interface Rows {
  readonly source: Source;
  readonly json: JsonExport;
  readonly settings: Settings;
}

/** A list, one article, or a list under the name `articles`. */
function readArticles(source: Source, settings: Settings, problems: ContentProblem[]): Article[] {
  const json = readJson(source, problems);
  if (!json) return [];
  const whole = json.value;
  const rows = { source, json, settings };
  if (Array.isArray(whole)) return asRecords(whole).flatMap((row, at) => readArticle(rows, row, [at]));
  const articles = asRecord(whole)["articles"];
  if (articles) return asRecords(articles).flatMap((row, at) => readArticle(rows, row, ["articles", at]));
  return readArticle(rows, asRecord(whole), []);
}

function readArticle({ source, json, settings }: Rows, row: Row, at: KeyPath): Article[] {
  if (typeof row["body_markdown"] !== "string") return [];
  const problems: ContentProblem[] = [];
  const tell = tellInto(problems, source);
  const whole = json.draftAt([...at, "body_markdown"]);
  const front = readFrontMatter(whole.text);
  const tellFront: Tell = (offset, ...words) => tell(whole.originOf(offset), ...words);
  if (front.mistake)
    tellFront(front.mistake.offset, "front-matter", `front matter: ${front.mistake.problem}`, "not carried over");
  const given = {
    row,
    front,
    tell,
    tellFront,
    settings,
    originOf: whole.originOf,
    offsetOf: (key: string) => json.offsetOf([...at, key]),
  };
  const values = valuesIn(given);
  tellRest(front, tellFront);
  const path = asText(row["path"]) ?? pathOn(asText(row["url"]) ?? "");
  return [
    {
      ...values,
      id: `devto ${path ?? asText(row["id"]) ?? asText(row["slug"]) ?? values.title}`,
      source,
      start: json.offsetOf(at),
      body: behind(whole, front.bodyStart),
      format: "markdown",
      slug: (asText(row["slug"]) ?? values.title).replace(/-temp-slug-\d+$|-[0-9a-z]{3,5}$/, ""),
      problems,
      path: path?.toLowerCase(),
    },
  ];
}

function behind(draft: Draft, start: number): Draft {
  return edit(draft, [{ start: 0, end: start, text: "" }]);
}

interface Given {
  readonly row: Row;
  readonly front: SourceFrontMatter;
  readonly tell: Tell;
  readonly tellFront: Tell;
  readonly settings: Settings;
  /** Of a place in the Markdown, front matter included. */
  readonly originOf: (offset: number) => number;
  readonly offsetOf: (key: string) => number;
}

/** Front matter in the Markdown is what the author wrote; the columns beside it are what dev.to made of it. */
function valuesIn({ row, front, tell, tellFront, settings, originOf, offsetOf }: Given) {
  const title = asText(front.take("title")?.value) ?? asText(row["title"]) ?? "Untitled";
  const date = front.take("date", "published_at");
  const cover = front.take("cover_image", "main_image");
  const own = valuesOf(front, { zone: settings.zone, tell: tellFront, separator: /,/ });
  const flag: Entry | undefined = front.take("published");
  const isPublished = asFlag(row["published"]) ?? asFlag(flag?.value) ?? Boolean(row["published_at"]);
  const dates = [
    row["published_at"],
    row["published_timestamp"],
    date?.value,
    row["crossposted_at"],
    row["created_at"],
  ];
  const published = dates.map((value) => readDate(value, "UTC")).find(Boolean);
  if (!published) tell(offsetOf("published_at"), "front-matter", "there is no date", "it became 1970-01-01");
  const tags = [row["tag_list"], row["tags"], row["cached_tag_list"]]
    .map((value) => asList(value))
    .find((list) => list.length > 0);
  const description = asText(row["description"]);
  const { canonical, path } = firstAddress(own.canonical ?? asText(row["canonical_url"]), settings, "dev.to");
  return {
    title,
    // What ends in dots is how the text begins.
    description: own.description ?? (description && !/(?:\.\.\.|…)$/.test(description) ? description : undefined),
    published: published ?? "1970-01-01",
    updated: own.updated ?? readDate(row["edited_at"], "UTC"),
    tags: own.tags.length > 0 ? own.tags : (tags ?? []),
    draft: !isPublished,
    canonical,
    aliases: path ? [path] : [],
    image: cover
      ? { src: asText(cover.value) ?? "", offset: originOf(cover.offset) }
      : own.image
        ? { ...own.image, offset: originOf(own.image.offset) }
        : imageOf(row, offsetOf),
  };
}

function imageOf(row: Row, offsetOf: (key: string) => number): SourcePicture | undefined {
  const key = ["main_image", "cover_image"].find((name) => asText(row[name]));
  return key ? { src: asText(row[key]) ?? "", offset: offsetOf(key) } : undefined;
}
