/** Folders of Markdown files, which most engines read: what they share. What differs, an {@link Engine} says. */
import { execFile } from "node:child_process";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { ConfigError } from "../../config.ts";
import type { ContentProblem } from "../../content/problem.ts";
import { sourceOf } from "../../content/source.ts";
import { dayOf, readDate } from "../dates.ts";
import { draftOf } from "../draft.ts";
import { decodeText } from "../encoding.ts";
import { type Entry, readFrontMatter, type SourceFrontMatter } from "../front-matter.ts";
import { datedName, wordsOf } from "../names.ts";
import type { Place, Reader, Settings, SourceBlog, SourcePicture, SourcePost, Tell } from "../source-post.ts";
import { tellInto } from "../source-post.ts";
import type { Templates } from "../templates/carry-over.ts";
import { asFlag, asList, asRecord, asText } from "../values.ts";

/** The old project, looked at once. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  /** Folder that the author named, absolute. */
  readonly source: string;
  readonly settings: Settings;
}

export interface FolderBlog {
  /** Folder from which the engine counts its paths, absolute. */
  readonly content: string;
  readonly publicFolders: readonly string[];
  readonly hosts?: readonly string[];
  readonly basePath?: string;
  /** IANA time zone in which dates without an offset are meant. */
  readonly zone?: string | undefined;
  /** Whether a file, by its path below `content`, is a post. */
  isPost(file: string): boolean;
  /** Path at which the engine published a page; absent where nobody can know. */
  address(page: Page): string | undefined;
  /** Templates that ran over a file, by its name. */
  templates(file: string): Templates | undefined;
  /** Where one text is several tags or categories; a comma unless said otherwise. */
  readonly separator?: RegExp;
  /** Values that hold for all pages of a folder. */
  defaults?(file: string): Readonly<Record<string, unknown>>;
  readonly isDraft?: (page: Page) => boolean;
  readonly notes?: readonly { readonly problem: string; readonly hint: string }[];
}

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
  readonly categories: readonly string[];
  readonly language: string | undefined;
}

export type FolderEngine = (project: Project) => Promise<FolderBlog>;

const extensions = /\.(?:md|mdx|markdown|mdown|mkd)$/i;
const ignoredFolders = new Set(["node_modules", "_site", "vendor", "public", "dist", "build"]);

/** `marks` are files and folders that stand at the root of such a project. */
export function folderReader(engine: FolderEngine, marks: readonly string[]): Reader {
  return async (place, settings) => {
    const source = await realpath(place.path);
    if (!(await stat(source)).isDirectory())
      throw new ConfigError(`${place.label} is a file; name the folder of the posts.`);
    const root = await rootAbove(source, marks);
    return readFolder(place, await engine({ root, source, settings }), { root, source, settings });
  };
}

async function readFolder(place: Place, blog: FolderBlog, { root, source, settings }: Project): Promise<SourceBlog> {
  const problems: ContentProblem[] = [];
  const posts: SourcePost[] = [];
  const files = (await markdownBelow(source)).filter((file) => blog.isPost(posix(path.relative(blog.content, file))));
  for (const file of files) {
    const label = path.posix.join(posix(place.label), posix(path.relative(source, file)));
    try {
      posts.push(await readPost({ file, label, blog, root, zone: blog.zone ?? settings.zone }));
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      problems.push(
        sourceOf(label, "").problemAt(0, {
          code: "unreadable",
          problem: `the file cannot be read (${String(error.code)})`,
        }),
      );
    }
  }
  if (files.length === 0) {
    const words = {
      code: "nothing",
      problem: "there are no posts in this folder",
      hint: "name the folder that holds the Markdown files",
    };
    problems.push(sourceOf(place.label, "").problemAt(0, words));
  }
  for (const note of blog.notes ?? [])
    problems.push(sourceOf(place.label, "").problemAt(0, { code: "address", severity: "warning", ...note }));
  return {
    posts,
    root,
    publicFolders: blog.publicFolders,
    hosts: blog.hosts ?? [],
    basePath: blog.basePath ?? "",
    problems,
  };
}

interface File {
  readonly file: string;
  readonly label: string;
  readonly blog: FolderBlog;
  readonly root: string;
  readonly zone: string;
}

async function readPost({ file, label, blog, root, zone }: File): Promise<SourcePost> {
  const { text, encoding } = decodeText(await readFile(file));
  const source = sourceOf(label, text);
  const problems: ContentProblem[] = [];
  const tell = tellInto(problems, source);
  if (encoding) tell(0, "text", `the file is no UTF-8`, `it was read as ${encoding}`);
  const front = readFrontMatter(text);
  if (front.mistake)
    tell(front.mistake.offset, "front-matter", `front matter: ${front.mistake.problem}`, "none of it was carried over");
  const relative = posix(path.relative(blog.content, file));
  const defaults = blog.defaults?.(relative) ?? {};
  const separator = blog.separator ?? /,/;
  const page = await pageOf({ file, relative, front, defaults, zone, tell, text, separator });
  const { image, updated, aliases, ...plain } = valuesOf(front, { zone, tell, separator });
  const address = blog.address(page);
  const isPublished = asFlag(front.take("published")?.value) ?? asFlag(defaults["published"]);
  const isMarked =
    asFlag(front.take("draft", "isdraft")?.value) ?? /^draft$/i.test(asText(front.take("status")?.value) ?? "");
  tellRest(front, tell);
  return {
    ...plain,
    id: posix(path.relative(root, file)),
    source,
    body: draftOf(text.slice(front.bodyStart), front.bodyStart),
    format: /\.mdx$/i.test(file) ? "mdx" : "markdown",
    templates: blog.templates(file),
    title: page.title,
    published: page.published,
    updated,
    tags: [...plain.tags, ...page.categories],
    draft: isMarked || isPublished === false || (blog.isDraft?.(page) ?? false),
    language: page.language,
    image,
    slug:
      page.slug ??
      page.permalink
        ?.replace(/\/(?:index\.html?)?$|\.html?$/, "")
        .split("/")
        .at(-1) ??
      page.name,
    address: address && withBase(address, blog.basePath),
    aliases: aliases.map((alias) => withBase(alias, blog.basePath)),
    elsewhere: [],
    file,
    problems,
  };
}

function withBase(address: string, basePath = ""): string {
  const plain = address.startsWith("/") || /^https?:/.test(address) ? address : `/${address}`;
  return basePath && plain.startsWith("/") && !plain.startsWith(`${basePath}/`) ? basePath + plain : plain;
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

async function pageOf({ file, relative, front, defaults, zone, tell, text, separator }: RawPage): Promise<Page> {
  const { day, rest, language } = nameOf(relative);
  const title = asText(front.take("title")?.value);
  const heading = title ? undefined : /^#\s+(.+?)\s*#*\s*$/m.exec(text.slice(front.bodyStart))?.[1];
  const words = wordsOf(rest);
  const chosen = title ?? heading ?? (words === "Picture" ? rest : words.charAt(0).toUpperCase() + words.slice(1));
  if (!title) tell(0, "front-matter", "there is no title", `it became "${chosen}"`);
  const published = await publishedOf({ file, front, day, zone, tell });
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
}): Promise<string> {
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
  if (date) return date;
  const fallback = (day && readDate(day)) ?? (await changeOf(file));
  const what = entry ? `"${entry.key}" is no date that can be read` : "there is no date";
  const from = day && readDate(day) ? "the file's name" : "the file's last change";
  if (entry || !day) tell(entry?.offset ?? 0, "front-matter", what, `it became ${fallback}, from ${from}`);
  return fallback;
}

/** `published: false` is a flag; `published: 2019-01-02` a date. */
function dateInPublished(front: SourceFrontMatter): Entry | undefined {
  const entry = front.rest().find(({ key, value }) => key.toLowerCase() === "published" && asFlag(value) === undefined);
  return entry && front.take("published");
}

/** YAML and TOML have dates of their own. */
function asWritten(value: unknown): unknown {
  return value instanceof Date && "toISOString" in value ? value.toISOString() : value;
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

function valuesOf(front: SourceFrontMatter, { zone, tell, separator }: Pick<RawPage, "zone" | "tell" | "separator">) {
  const tags = [front.take("tags", "tag", "taxonomies.tags", "topics"), front.take("keywords")];
  const updated = front.take(
    "updated",
    "lastmod",
    "modified",
    "last_modified_at",
    "updateddate",
    "updatedat",
    "updated_at",
    "moddatetime",
    "lastmodified",
    "datemodified",
  );
  const canonical = front.take("canonical", "canonicalurl", "canonical_url", "extra.canonical");
  const address = asText(canonical?.value);
  const isAddress = address !== undefined && /^https?:\/\//.test(address) && URL.canParse(address);
  if (canonical && !isAddress)
    tell(canonical.offset, "front-matter", `"${canonical.key}" is no absolute address`, "left out");
  const aliases = [front.take("aliases"), front.take("redirect_from", "redirects", "redirectfrom")];
  const robots = asText(front.take("robots")?.value);
  return {
    description: asText(front.take("description", "excerpt", "summary", "subtitle", "spoiler", "lead")?.value),
    updated: readDate(asWritten(updated?.value), zone),
    tags: tags.flatMap((entry) => asList(entry?.value, entry?.key === "tags" ? separator : /,/)),
    canonical: isAddress ? address : undefined,
    unlisted:
      asFlag(front.take("unlisted", "hidden", "excludefromcollections", "eleventyexcludefromcollections")?.value) ||
      /noindex/.test(robots ?? "") ||
      undefined,
    aliases: aliases.flatMap((entry) => asList(entry?.value)),
    image: imageOf(front),
  };
}

function imageOf(front: SourceFrontMatter): SourcePicture | undefined {
  const names = [
    "image",
    "cover",
    "hero",
    "banner",
    "thumbnail",
    "featured",
    "featuredimage",
    "heroimage",
    "coverimage",
    "ogimage",
    "images",
  ];
  const entry = front.take(
    ...names.flatMap((name) => [
      name,
      `${name}.src`,
      `${name}.image`,
      `${name}.url`,
      `${name}.path`,
      `header.${name}`,
      `extra.${name}`,
    ]),
  );
  const alt = front.take(
    ...names.flatMap((name) => [`${name}alt`, `${name}_alt`, `${name}.alt`, `${name}.caption`]),
    "alt",
  );
  const src = asList(entry?.value, /\n/)[0] ?? asText(asRecord(entry?.value)["src"]);
  return entry && src ? { src, alt: asText(alt?.value), offset: entry.offset } : undefined;
}

/** Keys that only said which template to use, or that readers never saw. */
const silent =
  /^(?:layout|template|type|id|uuid|guid|weight|comments?|author|authors|date|eleventynavigation\..*|menu\..*|classes|header\..*|sitemap.*)$/i;

function tellRest(front: SourceFrontMatter, tell: Tell): void {
  for (const { key, offset } of front.rest())
    if (!silent.test(key)) tell(offset, "front-matter", `front matter "${key}"`, "has no counterpart here; left out");
}

async function markdownBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || ignoredFolders.has(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await markdownBelow(file)));
    else if (entry.isFile() && extensions.test(entry.name)) found.push(file);
  }
  return found;
}

/** The nearest folder at or above `folder` that has one of the marks; `folder` itself where none has. */
async function rootAbove(folder: string, marks: readonly string[]): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    for (const mark of marks) if (await exists(path.join(at, mark))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

export function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Text of the first of several files that is there; empty when none is. */
export async function firstText(
  root: string,
  files: readonly string[],
): Promise<{ readonly file: string; readonly text: string }> {
  for (const file of files) {
    const bytes = await readFile(path.join(root, file)).catch(() => undefined);
    if (bytes) return { file, text: decodeText(bytes).text };
  }
  return { file: "", text: "" };
}

export function posix(file: string): string {
  return file.replaceAll(path.sep, "/");
}
