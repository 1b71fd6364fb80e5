/** Reads posts/ and _data/ into a {@link Blog}, or throws every mistake in them at once. */
import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { DateTime } from "luxon";
import type { CacheUse } from "../cache-use.ts";
import { type MadeCache, noMadeCache, openMadeCache } from "../made-cache.ts";
import { type Blog, groupByTag, type Post } from "./blog.ts";
import { cardProblems } from "./card-rules.ts";
import { type DrawnDiagrams, drawDiagrams } from "./case-studies.ts";
import { type LoadedData, readData } from "./data.ts";
import { dataProblems } from "./data-rules.ts";
import { readGitDates } from "./git-dates.ts";
import { pictureProblems } from "./picture-rules.ts";
import { lookAtPictures, type PostPictures, withPictures } from "./pictures.ts";
import { type LoadedPost, readPost } from "./post.ts";
import { noPostCache, openPostCache, type PostCache } from "./post-cache.ts";
import { postsProblems } from "./posts-rules.ts";
import { ContentError, type ContentProblem } from "./problem.ts";
import { type DataName, dataSchemas } from "./schemas.ts";
import { groupBySeries } from "./series.ts";
import { refuseOutside, sourceOf, tryReadSource, unreadable } from "./source.ts";
import { technologiesOf } from "./technologies.ts";

export interface LoadOptions {
  /** Posts published after this moment are left out, and so are drafts. Absent: everything is in. */
  readonly asOf?: Date | undefined;
  /** Takes the place of `url` in site.json: where this build will be published. */
  readonly siteUrl?: string | undefined;
  /** Folder of what is kept from one run to the next: parsed posts, measured pictures. Absolute. Absent: all is made anew. */
  readonly cache?: string | undefined;
}

export interface LoadedContent {
  /** Absent when there are errors. */
  readonly blog: Blog | undefined;
  /** Errors and warnings of all files. */
  readonly problems: readonly ContentProblem[];
  /** Of parsed posts. */
  readonly cacheUse: CacheUse;
}

/** @throws {ContentError} with all problems of all files, when one of them is an error. */
export async function loadBlog(root: string, options: LoadOptions = {}): Promise<Blog> {
  const { blog, problems } = await loadContent(root, options);
  if (!blog) throw new ContentError(problems);
  return blog;
}

export async function loadContent(root: string, options: LoadOptions = {}): Promise<LoadedContent> {
  return toContent(await readContent(root, options), options);
}

/** Every file read and parsed; what they say of each other comes after. */
export interface ReadContent {
  readonly root: string;
  readonly data: LoadedData;
  /** Last change of files, by path from the project root, as far as history tells. */
  readonly changes: ReadonlyMap<string, Date>;
  readonly cache: PostCache;
  readonly cacheUse: CacheUse;
  /** Milliseconds that it took to parse each post, in whatever run that was, by path of its file. */
  readonly parseMs: ReadonlyMap<string, number>;
  readonly pictureCache: MadeCache;
  readonly posts: readonly LoadedPost[];
  readonly pictures: ReadonlyMap<LoadedPost, PostPictures>;
  readonly drawn: DrawnDiagrams;
  /** Of files that could not be read, and of data. */
  readonly problems: readonly ContentProblem[];
}

export async function readContent(root: string, { cache: folder }: LoadOptions): Promise<ReadContent> {
  const problems: ContentProblem[] = [];
  const [data, changes] = await Promise.all([readData(root, problems), readGitDates(root, "posts", "_data")]);
  const cache = folder ? openPostCache(folder) : noPostCache;
  const pictureCache = folder ? openMadeCache(folder, "pictures") : noMadeCache;
  const timed = await readPosts({ root, data, changes, cache }, problems);
  const posts = [...timed.keys()];
  const parseMs = new Map([...timed].map(([{ page }, ms]) => [page.file, ms]));
  const drawn = await drawDiagrams(data["case-studies"], cache);
  const cacheUse = cache.close();
  const pictures = await lookAtPictures({ root, cache: pictureCache, posts }, posts);
  return { root, data, changes, cache, cacheUse, parseMs, pictureCache, posts, pictures, drawn, problems };
}

/** The same with one post read anew; undefined when the file is that of no post that was there and can be read. */
export async function rereadPost(read: ReadContent, file: string): Promise<ReadContent | undefined> {
  const { root, cache, pictureCache } = read;
  const before = read.posts.find(({ page }) => page.file === file);
  const problems: ContentProblem[] = [];
  const source = before && tryReadSource(root, file, problems);
  if (!source) return undefined;
  const [timed] = await cache.parse([source.text], contextOf(read).language);
  const after = readPost(source, timed?.parsed, { ...contextOf(read), attachments: before.page.attachments });
  const posts = read.posts.map((post) => (post === before ? after : post));
  const pictures = new Map([...read.pictures].filter(([post]) => post !== before));
  for (const [post, looked] of await lookAtPictures({ root, cache: pictureCache, posts }, [after]))
    pictures.set(post, looked);
  return {
    ...read,
    posts,
    pictures,
    problems: [...read.problems.filter((problem) => problem.file !== file), ...problems],
  };
}

/** Holds all files against each other. */
export function toContent(read: ReadContent, options: LoadOptions): LoadedContent {
  const { root, data, changes, posts, drawn, cacheUse } = read;
  const problems = [
    ...read.problems,
    ...posts.flatMap((post) => post.problems),
    ...postsProblems(root, posts, data.site?.value),
    ...pictureProblems(read.pictures),
    ...dataProblems(data, posts),
    ...cardProblems(data, posts),
    ...drawn.problems,
  ];
  if (problems.some((problem) => problem.severity === "error")) return { blog: undefined, problems, cacheUse };
  const all = posts.flatMap((one) => withItsPictures(one, read.pictures.get(one)) ?? []);
  const zone = data.site?.value.timezone ?? "UTC";
  const blog = toBlog(data, all, { ...options, dataChanges: dataChanges(changes, zone), drawings: drawn.drawings });
  return { blog, problems, cacheUse };
}

const pictured = new WeakMap<PostPictures, Post>();

/** The same object for the same post and pictures, so that one sees what an edit has left alone. */
export function withItsPictures({ post }: LoadedPost, pictures: PostPictures | undefined): Post | undefined {
  if (!post || !pictures) return post;
  const made = pictured.get(pictures) ?? withPictures(post, pictures);
  pictured.set(pictures, made);
  return made;
}

type BlogOptions = LoadOptions & Pick<Blog, "dataChanges" | "drawings">;

/** Only called when every file was good, so that nothing in `data` is absent. */
function toBlog(data: LoadedData, all: readonly Post[], { asOf, siteUrl, dataChanges, drawings }: BlogOptions): Blog {
  const { site, profile, experience, projects, achievements, navigation, "case-studies": caseStudies } = data;
  if (!site || !profile || !experience || !projects || !caseStudies || !achievements || !navigation) {
    throw new Error("a data file is absent, and nobody has said so");
  }
  const posts = all.filter((post) => isPublic(post, asOf)).sort(newestFirst);
  const listed = posts.filter((post) => !post.unlisted);
  const work = {
    experience: experience.value,
    projects: projects.value,
    caseStudies: caseStudies.value,
    achievements: achievements.value,
    listed,
  };
  return {
    ...work,
    site: { ...site.value, url: siteUrl ?? site.value.url },
    profile: profile.value,
    technologies: technologiesOf(data.technologies?.value ?? [], work),
    navigation: navigation.value,
    dataChanges,
    drawings,
    posts,
    hidden: all.filter((post) => !isPublic(post, asOf)).sort(newestFirst),
    tags: groupByTag(listed),
    series: groupBySeries(listed),
    views: new Map(Object.entries(data.views?.value.posts ?? {})),
  };
}

/** Of the files of _data/, by their names without `.json`. */
function dataChanges(changes: ReadonlyMap<string, Date>, zone: string): Blog["dataChanges"] {
  return new Map(
    Object.keys(dataSchemas).flatMap((name) => {
      const changed = changes.get(`_data/${name}.json`);
      return changed ? [[name as DataName, DateTime.fromJSDate(changed, { zone }) as DateTime<true>]] : [];
    }),
  );
}

type Unread = Pick<ReadContent, "root" | "data" | "changes" | "cache">;

function contextOf({ data, changes }: Pick<ReadContent, "data" | "changes">) {
  const { timezone: zone = "UTC", language = "en" } = data.site?.value ?? {};
  return { zone, language, changes };
}

/** With the milliseconds that it took to parse each. */
async function readPosts(unread: Unread, problems: ContentProblem[]): Promise<ReadonlyMap<LoadedPost, number>> {
  const { root, cache } = unread;
  const context = contextOf(unread);
  const files = await findPosts(root, problems);
  const read = files.flatMap(({ file, attachments }) => {
    const source = tryReadSource(root, file, problems);
    return source ? [{ source, attachments }] : [];
  });
  const sources = read.map(({ source }) => source.text);
  const timed = await cache.parse(sources, context.language);
  return new Map(
    read.map(({ source, attachments }, at) => {
      const post = readPost(source, timed[at]?.parsed, { ...context, attachments });
      return [post, timed[at]?.ms ?? 0];
    }),
  );
}

interface PostFile {
  readonly file: string;
  readonly attachments: readonly string[];
}

/** A post is `posts/name.md`, or `posts/name/index.md` with files of its own beside it. Anything else is said to be none. */
async function findPosts(root: string, problems: ContentProblem[]): Promise<PostFile[]> {
  const found: PostFile[] = [];
  for (const { file, isFolder } of await entriesOf(root, "posts", problems)) {
    if (isFolder && !file.endsWith(".md")) {
      const files = await filesBelow(root, file, problems);
      found.push({ file: `${file}/index.md`, attachments: files.filter((name) => name !== `${file}/index.md`) });
    } else if (file.endsWith(".md")) found.push({ file, attachments: [] });
    else problems.push(notAPost(file));
  }
  return found;
}

function notAPost(file: string): ContentProblem {
  const hint = "a post ends in .md; a picture lies in the folder of its post";
  return sourceOf(file, "").problemAt(0, {
    code: "no-post",
    problem: "the file is no post",
    hint,
    severity: "warning",
  });
}

async function filesBelow(root: string, folder: string, problems: ContentProblem[]): Promise<string[]> {
  const entries = await entriesOf(root, folder, problems);
  const files = await Promise.all(
    entries.map(({ file, isFolder }) => (isFolder ? filesBelow(root, file, problems) : [file])),
  );
  return files.flat();
}

interface Entry {
  /** Path from the project root. */
  readonly file: string;
  readonly isFolder: boolean;
}

/** In the order of their names, without hidden ones. Links are followed as long as they stay in the project. */
async function entriesOf(root: string, folder: string, problems: ContentProblem[]): Promise<Entry[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const found: Entry[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = `${folder}/${entry.name}`;
    if (entry.name.startsWith(".")) continue;
    if (!entry.isSymbolicLink()) found.push({ file, isFolder: entry.isDirectory() });
    else {
      const target = await followLink(root, file, problems);
      if (target) found.push({ file, isFolder: target.isDirectory() });
    }
  }
  return found;
}

async function followLink(root: string, file: string, problems: ContentProblem[]): Promise<Stats | undefined> {
  try {
    refuseOutside(root, file);
    return await stat(path.join(root, file));
  } catch (error) {
    problems.push(sourceOf(file, "").problemAt(0, unreadable(error)));
    return undefined;
  }
}

function isPublic(post: Post, asOf: Date | undefined): boolean {
  return !asOf || (!post.draft && post.published.toMillis() <= asOf.getTime());
}

function newestFirst(a: Post, b: Post): number {
  return b.published.toMillis() - a.published.toMillis() || (a.slug < b.slug ? -1 : 1);
}
