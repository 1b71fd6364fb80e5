/** Reads posts/ and _data/ into a {@link Blog}, or throws every mistake in them at once. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type * as v from "valibot";
import { type Blog, groupByTag, type Post } from "./blog.ts";
import { check } from "./check.ts";
import { readPost } from "./post.ts";
import { ContentError, type ContentProblem } from "./problem.ts";
import { dataSchemas } from "./schemas.ts";
import { readSource, type Source, sourceOf } from "./source.ts";
import { parseJson } from "./structured.ts";

export interface LoadOptions {
  /** Posts published after this moment are left out, and so are drafts. Absent: everything is in. */
  readonly asOf?: Date | undefined;
  /** Takes the place of `url` in site.json: where this build will be published. */
  readonly siteUrl?: string | undefined;
}

/** @throws {ContentError} with all problems of all files. */
export async function loadBlog(root: string, options: LoadOptions = {}): Promise<Blog> {
  const problems: ContentProblem[] = [];
  const data = await readData(root, problems);
  const posts = await readPosts(root, data?.site.timezone ?? "UTC", problems);
  problems.push(...doubledSlugs(posts), ...doubledParts(posts));
  if (!data || problems.some((problem) => problem.severity === "error")) throw new ContentError(problems);
  const shown = posts.filter((post) => isPublic(post, options.asOf)).sort(newestFirst);
  const { "case-studies": caseStudies, ...rest } = data;
  const site = { ...data.site, url: options.siteUrl ?? data.site.url };
  return { ...rest, site, caseStudies, posts: shown, tags: groupByTag(shown) };
}

type DataFiles = { readonly [name in keyof typeof dataSchemas]: v.InferOutput<(typeof dataSchemas)[name]> };

async function readData(root: string, problems: ContentProblem[]): Promise<DataFiles | undefined> {
  const entries: [string, unknown][] = [];
  for (const [name, schema] of Object.entries(dataSchemas)) {
    const source = await tryRead(root, `_data/${name}.json`, problems);
    if (!source) continue;
    const checked = check(source, parseJson(source.text), schema);
    problems.push(...checked.problems);
    if (checked.value !== undefined) entries.push([name, checked.value]);
  }
  const complete = entries.length === Object.keys(dataSchemas).length;
  return complete ? (Object.fromEntries(entries) as DataFiles) : undefined;
}

async function readPosts(root: string, zone: string, problems: ContentProblem[]): Promise<Post[]> {
  const posts: Post[] = [];
  for (const { file, attachments } of await findPosts(root)) {
    const source = await tryRead(root, file, problems);
    if (!source) continue;
    const loaded = readPost(source, zone, attachments);
    problems.push(...loaded.problems);
    if (loaded.post) posts.push(loaded.post);
  }
  return posts;
}

interface PostFile {
  readonly file: string;
  readonly attachments: readonly string[];
}

/** A post is `posts/name.md`, or `posts/name/index.md` with files of its own beside it. */
async function findPosts(root: string): Promise<PostFile[]> {
  const entries = await readdir(path.join(root, "posts"), { withFileTypes: true });
  const found: PostFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = `posts/${entry.name}`;
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) found.push({ file: `${file}/index.md`, attachments: await attachmentsOf(root, file) });
    else if (entry.name.endsWith(".md")) found.push({ file, attachments: [] });
  }
  return found;
}

async function attachmentsOf(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && entry.name !== "index.md")
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort();
}

async function tryRead(root: string, file: string, problems: ContentProblem[]): Promise<Source | undefined> {
  try {
    return await readSource(root, file);
  } catch (error) {
    problems.push(sourceOf(file, "").problemAt(0, unreadable(error)));
    return undefined;
  }
}

function unreadable(error: unknown): { code: string; problem: string } {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return { code: "missing-file", problem: "the file is missing" };
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return { code: "encoding", problem: "the file is not valid UTF-8" };
  return { code: "unreadable", problem: `the file cannot be read (${code || String(error)})` };
}

function isPublic(post: Post, asOf: Date | undefined): boolean {
  return !asOf || (!post.draft && post.published.toMillis() <= asOf.getTime());
}

function newestFirst(a: Post, b: Post): number {
  return b.published.toMillis() - a.published.toMillis() || (a.slug < b.slug ? -1 : 1);
}

function doubledSlugs(posts: readonly Post[]): ContentProblem[] {
  return doubled(
    posts,
    (post) => post.slug,
    (post, first) => ({
      code: "doubled-slug",
      problem: `the address ${post.url} is taken by ${first.file}`,
      hint: "rename one of the two files",
    }),
  );
}

function doubledParts(posts: readonly Post[]): ContentProblem[] {
  const parts = posts.filter((post) => post.series);
  return doubled(
    parts,
    (post) => `${post.series?.name}\n${post.series?.part}`,
    (post, first) => ({
      code: "doubled-part",
      key: "part",
      problem: `part ${post.series?.part} of "${post.series?.name}" is ${first.file} already`,
    }),
  );
}

function doubled(
  posts: readonly Post[],
  key: (post: Post) => string,
  words: (post: Post, first: Post) => Parameters<Source["problemAt"]>[1],
): ContentProblem[] {
  const firsts = new Map<string, Post>();
  return posts.flatMap((post) => {
    const first = firsts.get(key(post));
    if (first) return [sourceOf(post.file, "").problemAt(0, words(post, first))];
    firsts.set(key(post), post);
    return [];
  });
}
