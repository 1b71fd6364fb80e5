/** Ghost's export: its tables as JSON. @see https://docs.ghost.org/migration/custom */
import path from "node:path";
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import type { KeyPath } from "../../content/structured.ts";
import { readDate } from "../dates.ts";
import { replaceAll } from "../draft.ts";
import { plainText } from "../html/plain-text.ts";
import type { Settings, SourcePost, Tell } from "../source-post.ts";
import { tellInto } from "../source-post.ts";
import { asFlag, asRecord, asRecords, asText } from "../values.ts";
import { dateWords, fillIn } from "./config.ts";
import type { ExportBlog, ExportKind } from "./export.ts";
import { firstAddress } from "./first-address.ts";
import { type JsonExport, readJson } from "./json-export.ts";
import { exists } from "./project-files.ts";

type Row = Readonly<Record<string, unknown>>;

export const ghost: ExportKind = {
  name: "Ghost",
  files: /\.(?:json|zip)$/i,
  is: (text) => /^\s*\{\s*"(?:db|meta|data)"\s*:/.test(text) && /"posts"\s*:\s*\[/.test(text),
  async read(texts, { settings, folder }) {
    const problems: ContentProblem[] = [];
    const posts = texts.flatMap((source) => readTables(source, settings, problems));
    const root = path.join(folder, "content");
    if (!(await exists(root))) tellPictures(texts, problems);
    return { posts, problems, root, filesFor: (address) => filesFor(root, address) } satisfies ExportBlog;
  },
};

/** Ghost makes smaller pictures in a folder `size`, on request. */
function filesFor(root: string, address: string): readonly string[] {
  const [, file] = /\/content\/((?:images|media|files)\/.+)$/.exec(address) ?? [];
  return file
    ? [path.join(root, file), path.join(root, file.replace(/\/(?:size\/w\d+(?:h\d+)?|format\/\w+)(?=\/)/g, ""))]
    : [];
}

function tellPictures(texts: readonly Source[], problems: ContentProblem[]): void {
  for (const { text, problemAt } of texts) {
    const at = text.search(/\/content\/(?:images|media|files)\//);
    const problem = "the pictures are not in the export";
    const hint = "put the folder content/ of the Ghost site beside the export, and import again";
    if (at >= 0) problems.push(problemAt(at, { code: "picture", severity: "warning", problem, hint }));
  }
}

interface Tables {
  readonly source: Source;
  readonly json: JsonExport;
  /** Of the tables. */
  readonly path: KeyPath;
  readonly data: Row;
  readonly settings: Settings;
  readonly problems: ContentProblem[];
}

function readTables(source: Source, settings: Settings, problems: ContentProblem[]): SourcePost[] {
  const json = readJson(source, problems);
  if (!json) return [];
  const whole = asRecord(json.value);
  const isInDb = Array.isArray(whole["db"]);
  const first = isInDb ? asRecord(asRecords(whole["db"])[0]) : whole;
  const hasData = first["data"] !== undefined;
  const data = hasData ? asRecord(first["data"]) : first;
  const at = [...(isInDb ? ["db", 0] : []), ...(hasData ? ["data"] : [])];
  const tables = { source, json, path: at, data, settings, problems };
  return asRecords(data["posts"]).flatMap((row, number) => readPost(tables, row, number) ?? []);
}

function readPost(tables: Tables, row: Row, number: number): SourcePost | undefined {
  const { source, json, settings, data } = tables;
  const at = [...tables.path, "posts", number];
  const start = json.offsetOf(at);
  const title = asText(row["title"]) ?? "Untitled";
  const refuse = (problem: string, hint: string) => {
    tables.problems.push(source.problemAt(start, { code: "page", severity: "warning", problem, hint }));
    return undefined;
  };
  if (row["type"] === "page" || asFlag(row["page"])) return refuse(`"${title}" is a page, no post`, "not imported");
  const isMarkdown = !asText(row["html"]) && typeof row["markdown"] === "string";
  const key = isMarkdown ? "markdown" : "html";
  if (!asText(row[key])) {
    const own = ["lexical", "mobiledoc"].find((one) => asText(row[one]));
    const why = own ? `"${title}" has no HTML, only Ghost's own ${own}` : `"${title}" has no text`;
    return refuse(why, own ? "not imported; open and save it in Ghost, and export again" : "not imported");
  }
  const problems: ContentProblem[] = [];
  const tell = tellInto(problems, source);
  const offsetOf = (name: string) => json.offsetOf([...at, name]);
  const meta = asRecords(data["posts_meta"]).find((one) => one["post_id"] === row["id"]) ?? {};
  const access = accessOf(row, meta, { tell, offsetOf });
  const address = addressOf(row, data, settings);
  const first = firstAddress(asText(row["canonical_url"]), settings);
  tellLost(row, meta, { tell, offsetOf });
  return {
    ...plainValues(row, meta, { tell, offsetOf }),
    id: `ghost ${asText(row["uuid"]) ?? asText(row["id"]) ?? asText(row["slug"]) ?? title}`,
    source,
    start,
    body: replaceAll(json.draftAt([...at, key]), /__GHOST_URL__(["']?)/g, ([, quote]) => (quote ? `/${quote}` : "")),
    format: isMarkdown ? "markdown" : "html",
    title,
    tags: tagsOf(row, data),
    draft: access.isClosed || !/^(?:published|scheduled)$/.test(asText(row["status"]) ?? ""),
    slug: asText(row["slug"]) ?? title,
    address,
    canonical: first.canonical,
    // A draft has no address; what was for members only will have it again.
    aliases: [...(first.path ? [first.path] : []), ...(access.isClosed ? [address] : [])],
    problems,
  };
}

interface Telling {
  readonly tell: Tell;
  readonly offsetOf: (key: string) => number;
}

function plainValues(row: Row, meta: Row, { tell, offsetOf }: Telling) {
  const dates = ["published_at", "created_at", "updated_at"].map((key) => readDate(row[key], "UTC"));
  const published = dates.find(Boolean) ?? "1970-01-01";
  if (!dates[0] && row["status"] !== "draft")
    tell(offsetOf("published_at"), "front-matter", "there is no date", `it became ${published}`);
  const image = asText(row["feature_image"]) ?? asText(row["image"]);
  return {
    description: asText(row["custom_excerpt"]) ?? asText(meta["meta_description"]) ?? asText(row["meta_description"]),
    published,
    updated: row["status"] === "published" ? dates[2] : undefined,
    language: asText(row["locale"]),
    image:
      (image && {
        src: image.replace("__GHOST_URL__", ""),
        alt: asText(meta["feature_image_alt"]),
        offset: offsetOf(row["feature_image"] ? "feature_image" : "image"),
      }) ||
      undefined,
  };
}

/** What readers could see only after they had signed in is nothing to publish unasked. */
function accessOf(row: Row, meta: Row, { tell, offsetOf }: Telling): { readonly isClosed: boolean } {
  const visibility = asText(row["visibility"]) ?? "public";
  const isMail = row["status"] === "sent" || asFlag(meta["email_only"]) === true;
  if (isMail) tell(offsetOf("status"), "front-matter", "the post was sent as a mail only", "it became a draft");
  else if (visibility !== "public")
    tell(offsetOf("visibility"), "front-matter", `the post was for "${visibility}" only`, "it became a draft");
  return { isClosed: isMail || visibility !== "public" };
}

function tellLost(row: Row, meta: Row, { tell, offsetOf }: Telling): void {
  for (const key of ["codeinjection_head", "codeinjection_foot"])
    if (asText(row[key])) tell(offsetOf(key), "html", `"${key}" of the post`, "left out");
  const caption = plainText(asText(meta["feature_image_caption"]) ?? "");
  if (caption) tell(offsetOf("feature_image"), "picture", `caption of the post's picture, "${caption}"`, "left out");
}

/** In their order; those that begin with `#` no reader ever saw. */
function tagsOf(row: Row, data: Row): readonly string[] {
  const names = new Map(
    asRecords(data["tags"])
      .filter(({ name, visibility }) => visibility !== "internal" && !asText(name)?.startsWith("#"))
      .map(({ id, name }) => [id, asText(name) ?? ""]),
  );
  return asRecords(data["posts_tags"])
    .filter((one) => one["post_id"] === row["id"])
    .toSorted((a, b) => Number(a["sort_order"] ?? 0) - Number(b["sort_order"] ?? 0))
    .flatMap((one) => names.get(one["tag_id"]) || []);
}

/** `/slug/`, unless an old Ghost was told to put the date before it. */
function addressOf(row: Row, data: Row, { zone }: Settings): string {
  const slug = asText(row["slug"]) ?? "";
  const pattern = asText(asRecords(data["settings"]).find(({ key }) => key === "permalinks")?.["value"]);
  const day = readDate(row["published_at"], "UTC");
  const filled = pattern && day ? fillIn(pattern, { ...dateWords(day.slice(0, 10)), slug, zone }) : undefined;
  return filled ?? `/${slug}/`;
}
