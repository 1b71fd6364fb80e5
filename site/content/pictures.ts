/** The pictures of posts: which file each one is, and what is known of it. */
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { MadeCache } from "../made-cache.ts";
import type { LocalPicture } from "../pictures/local-picture.ts";
import { measure } from "../pictures/measure.ts";
import { isUsable, type Measured, type Unusable } from "../pictures/measured.ts";
import { pictureKey } from "../pictures/recipe.ts";
import { replacePictures, withAttributes } from "../pictures/replace.ts";
import type { Post } from "./blog.ts";
import { isElsewhere, pathOn } from "./link-rules.ts";
import type { LoadedPost, PostPage } from "./post.ts";

export interface LookedAt {
  /** As the post names it. */
  readonly src: string;
  /** Path from the project root. */
  readonly file: string;
  readonly key: string;
  readonly found: Measured | Unusable;
  /** Lies beside it and takes its place on dark pages. */
  readonly dark?: LookedAt | undefined;
}

/** By the address that the post gives it. Those that are missing or elsewhere are not in it. */
export type PostPictures = ReadonlyMap<string, LookedAt>;

export interface PicturesProject {
  /** Absolute. */
  readonly root: string;
  readonly cache: MadeCache;
  /** All of them: a post may show what lies beside another one. */
  readonly posts: readonly LoadedPost[];
}

interface Project extends Pick<PicturesProject, "root" | "cache"> {
  /** Files beside posts, by their path from the origin. */
  readonly beside: ReadonlyMap<string, string>;
}

/** What the pictures of each of `those` are; posts without any are not in it. */
export async function lookAtPictures(
  { root, cache, posts }: PicturesProject,
  those: readonly LoadedPost[],
): Promise<ReadonlyMap<LoadedPost, PostPictures>> {
  const project = { root, cache, beside: filesBesidePosts(posts) };
  const all = new Map<LoadedPost, PostPictures>();
  for (const one of those) {
    const addresses = addressesIn(one);
    if (addresses.length === 0) continue;
    const looked = await Promise.all(addresses.map((src) => lookFrom(project, one.page, src)));
    all.set(one, new Map(looked.flatMap((picture) => (picture ? [[picture.src, picture]] : []))));
  }
  return all;
}

/** The post with its pictures, and with their sizes in its markup. */
export function withPictures(post: Post, looked: PostPictures): Post {
  const usable = [...looked.values()].flatMap((one) => localPicture(one) ?? []);
  const pictures = new Map(usable.map((picture) => [picture.src, picture]));
  const article = replacePictures(post.article, (tag, { src }) => {
    const picture = pictures.get(src);
    if (!picture) return tag;
    const { width, height } = picture.measured;
    return withAttributes(tag, { width, height });
  });
  return { ...post, article, pictures };
}

function localPicture({ found, dark, ...rest }: LookedAt): LocalPicture | undefined {
  return isUsable(found) ? { ...rest, measured: found, dark: dark && localPicture(dark) } : undefined;
}

function addressesIn({ post, page }: LoadedPost): readonly string[] {
  const shown = page.article?.images.map(({ src }) => src) ?? [];
  return [...new Set(post?.preview ? [...shown, post.preview.image] : shown)];
}

async function lookFrom(project: Project, page: PostPage, src: string): Promise<LookedAt | undefined> {
  const file = fileOf(project, page, src);
  if (!file) return undefined;
  const darkSrc = darkNames(src).find((name) => fileOf(project, page, name));
  const darkFile = darkSrc && fileOf(project, page, darkSrc);
  return {
    src,
    file,
    ...(await look(project, file)),
    dark: darkFile ? { src: darkSrc, file: darkFile, ...(await look(project, darkFile)) } : undefined,
  };
}

/** `load.png` → `load.dark.png`, `load-dark.png` */
function darkNames(src: string): readonly string[] {
  const [, name, end] = /^([^?#]*)(\.[a-z0-9]+)$/i.exec(src) ?? [];
  return name ? [`${name}.dark${end}`, `${name}-dark${end}`] : [];
}

/** Beside a post, or below site/static/. */
function fileOf({ root, beside }: Project, page: PostPage, src: string): string | undefined {
  const target = isElsewhere(src) ? undefined : pathOn(page, src);
  if (target === undefined) return undefined;
  const file = `site/static${target}`;
  return beside.get(target) ?? (existsSync(path.join(root, file)) ? file : undefined);
}

function filesBesidePosts(posts: readonly LoadedPost[]): ReadonlyMap<string, string> {
  return new Map(
    posts.flatMap(({ page: { url, file, attachments } }) =>
      attachments.map((name) => [url + path.posix.relative(path.posix.dirname(file), name), name] as const),
    ),
  );
}

interface Seen {
  readonly size: number;
  readonly mtimeMs: number;
  readonly looked: Pick<LookedAt, "key" | "found">;
}

/** Files that have not changed since are not read again while `npm start` runs. */
const seen = new Map<string, Seen>();

async function look({ root, cache }: Project, name: string): Promise<Seen["looked"]> {
  const file = path.join(root, name);
  const found = await stat(file).catch(() => undefined);
  const before = seen.get(file);
  if (before && before.size === found?.size && before.mtimeMs === found.mtimeMs) return before.looked;
  // A folder, or what may not be read.
  const bytes = await readFile(file).catch(() => undefined);
  if (!found || !bytes) return { key: "", found: { unusable: "broken" } };
  const key = pictureKey(bytes);
  const looked = { key, found: await cache.recall(`${key}.facts`, () => measure(bytes)) };
  seen.set(file, { size: found.size, mtimeMs: found.mtimeMs, looked });
  return looked;
}
