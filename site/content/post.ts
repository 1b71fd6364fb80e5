/** One Markdown file made a {@link Post}, with every mistake in it. */
import { DateTime } from "luxon";
import type { Correction, Post, Preview, SeriesPart } from "./blog.ts";
import { check } from "./check.ts";
import { parseDate } from "./dates.ts";
import { FrontMatter } from "./front-matter.ts";
import type { ParsedPost } from "./parse-post.ts";
import type { ContentProblem } from "./problem.ts";
import type { ProblemWords, Source } from "./source.ts";
import type { KeyPath } from "./structured.ts";

export interface LoadedPost {
  /** Absent when its front matter is wrong. */
  readonly post: Post | undefined;
  readonly page: PostPage;
  /** Puts a problem at a key of the front matter. */
  readonly atKey: (path: KeyPath, words: ProblemWords) => ContentProblem;
  /** Puts a problem at an offset of the Markdown. */
  readonly inBody: (offset: number, words: ProblemWords & { readonly length?: number | undefined }) => ContentProblem;
  readonly problems: readonly ContentProblem[];
}

/** One whose front matter is right. */
export type GoodPost = LoadedPost & { readonly post: Post };

/** What links lead to and come from, however wrong the front matter is. */
export interface PostPage extends Pick<Post, "slug" | "url" | "file" | "attachments"> {
  /** Absent when the file has no front matter. */
  readonly article: Post["article"] | undefined;
}

export interface PostContext {
  /** IANA time zone of the site. */
  readonly zone: string;
  /** Paths from the project root of the files in the post's own folder. */
  readonly attachments: readonly string[];
  /** Last change of files, by path from the project root, as far as history tells. */
  readonly changes: ReadonlyMap<string, Date>;
}

/** `parsed` is what `parsePost` made of the text. */
export function readPost(source: Source, parsed: ParsedPost | undefined, context: PostContext): LoadedPost {
  const { zone, attachments, changes } = context;
  if (!parsed) return withoutFrontMatter(source, pageOf(source, attachments, undefined));
  const { frontMatter, bodyStart, article } = parsed;
  const atKey: LoadedPost["atKey"] = (path, words) =>
    source.problemAt(frontMatter.offsetOf(path, "value"), { ...words, key: path.join(".") });
  const inBody: LoadedPost["inBody"] = (offset, words) => source.problemAt(bodyStart + offset, words);
  const checked = check(source, frontMatter, FrontMatter);
  const page = { ...pageOf(source, attachments, checked.value?.slug ?? writtenSlug(frontMatter.value)), article };
  const problems = [...checked.problems, ...article.problems.map((problem) => inBody(problem.offset, problem))];
  if (!checked.value) return { post: undefined, page, atKey, inBody, problems };
  const rules = frontMatterRules(checked.value, zone, atKey);
  if (!isSlug(page.slug)) {
    const hint = "name it 2026-03-14-lower-case-words.md";
    const problem = `"${page.slug}" cannot be an address`;
    rules.problems.push(source.problemAt(0, { code: "invalid-slug", problem, hint }));
  }
  problems.push(...rules.problems);
  if (!rules.dates) return { post: undefined, page, atKey, inBody, problems };
  const {
    series: _series,
    part: _part,
    image: _image,
    imageAlt: _imageAlt,
    corrections: _corrections,
    ...plain
  } = checked.value;
  const { series, preview, corrections } = rules;
  const changed = changes.get(source.file);
  const { published, updated = published } = rules.dates;
  // A post may have been committed before its day.
  const modified = changed
    ? DateTime.max(published, DateTime.fromJSDate(changed, { zone }) as DateTime<true>)
    : updated;
  const post = { ...plain, ...rules.dates, modified, series, preview, corrections, ...page, pictures: new Map() };
  return { post, page, atKey, inBody, problems };
}

function pageOf({ file }: Source, attachments: readonly string[], wanted: string | undefined): PostPage {
  const slug = wanted ?? slugOf(file);
  return { slug, url: `/posts/${slug}/`, file, attachments, article: undefined };
}

/** The slug of front matter in which something else is wrong. */
function writtenSlug(frontMatter: unknown): string | undefined {
  const isObject = typeof frontMatter === "object" && frontMatter !== null;
  return isObject && "slug" in frontMatter && typeof frontMatter.slug === "string" ? frontMatter.slug : undefined;
}

function withoutFrontMatter(source: Source, page: PostPage): LoadedPost {
  const problem = source.problemAt(0, { code: "no-front-matter", ...whyNoFrontMatter(source.text) });
  const atPlace: LoadedPost["inBody"] = (offset, words) => source.problemAt(offset, words);
  return { post: undefined, page, atKey: (_path, words) => atPlace(0, words), inBody: atPlace, problems: [problem] };
}

function whyNoFrontMatter(text: string): Pick<ProblemWords, "problem" | "hint"> {
  const problem = "the post has no front matter";
  if (text.includes("\r") && !text.includes("\n"))
    return { problem: "the lines end with a carriage return alone", hint: "save the file with Unix line ends" };
  if (text.startsWith("---")) return { problem: "the front matter is never closed", hint: 'end it with a line "---"' };
  if (text.startsWith("+++")) return { problem, hint: 'write it as YAML, between two lines of "---", not as TOML' };
  if (text.trimStart().startsWith("---")) return { problem, hint: "it begins in the first line of the file" };
  return { problem, hint: 'begin the file with "---", the front matter, and "---"' };
}

/** `posts/2026-03-14-quiet.md` and `posts/2026-03-14-quiet/index.md` are both `quiet`. */
export function slugOf(file: string): string {
  const name =
    file
      .replace(/(\/index)?\.md$/, "")
      .split("/")
      .at(-1) ?? "";
  return name.replace(/^\d{4}-\d{2}-\d{2}-/, "");
}

function isSlug(slug: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug);
}

interface CheckedFrontMatter {
  /** Absent when a date is wrong: there is no post without its day. */
  readonly dates: { readonly published: DateTime<true>; readonly updated: DateTime<true> | undefined } | undefined;
  readonly series: SeriesPart | undefined;
  readonly preview: Preview | undefined;
  readonly corrections: readonly Correction[];
  readonly problems: ContentProblem[];
}

/** What a schema of single values cannot say: dates that exist and are in order, keys that need each other, lengths that only warn. */
function frontMatterRules(front: FrontMatter, zone: string, atKey: LoadedPost["atKey"]): CheckedFrontMatter {
  const problems: ContentProblem[] = [];
  const report = (key: KeyPath, code: string, problem: string, more: Partial<ProblemWords> = {}) =>
    problems.push(atKey(key, { code, problem, ...more }));
  const date = (path: KeyPath, written: string | undefined) => {
    const read = written ? parseDate(written, zone) : undefined;
    if (written && !read) report(path, "invalid-date", `"${path.join(".")}" is no date that exists: ${written}`);
    return read;
  };
  const published = date(["published"], front.published);
  const updated = date(["updated"], front.updated);
  if (published && updated && updated < published) report(["updated"], "date-order", '"updated" is before "published"');
  const corrections = front.corrections.flatMap(({ date: written, text }, at) => {
    const read = date(["corrections", at, "date"], written);
    return read ? [{ date: read, text }] : [];
  });
  for (const [at, { date: day }] of corrections.entries()) {
    const before = corrections[at - 1]?.date ?? published;
    if (!before || day >= before) continue;
    const earlier = at === 0 ? '"published"' : "the correction above it";
    report(["corrections", at, "date"], "date-order", `the correction is dated before ${earlier}`);
  }
  const { series, part, image, imageAlt, description } = front;
  if (series && !part) report(["series"], "series-without-part", 'a post of a series needs "part"');
  if (part && !series) report(["part"], "part-without-series", '"part" needs "series"');
  if (image && !imageAlt) report(["image"], "image-without-alt", '"image" needs "imageAlt", which says what it shows');
  if (imageAlt && !image) report(["imageAlt"], "alt-without-image", '"imageAlt" needs "image"');
  if (description.length < 50 || description.length > 160) {
    const problem = `"description" has ${description.length} characters; search engines show 50 to 160`;
    report(["description"], "description-length", problem, { severity: "warning" });
  }
  return {
    dates: published && { published, updated },
    series: series && part ? { name: series, part } : undefined,
    preview: image && imageAlt ? { image, alt: imageAlt } : undefined,
    corrections,
    problems,
  };
}
