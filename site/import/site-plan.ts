/** Where every post of the old blog goes in ours, and which post an old address means. */
import path from "node:path";
import { dayOf, momentOf } from "./dates.ts";
import { decoded, slugFrom } from "./names.ts";
import type { SourceBlog, SourcePost } from "./source-post.ts";

export interface PlannedPost {
  readonly source: SourcePost;
  readonly slug: string;
  /** `2019-01-02-quiet`, the name of its file or folder. */
  readonly name: string;
  /** `/posts/quiet/` */
  readonly url: string;
  /** Milliseconds. */
  readonly moment: number;
}

export interface PlanOptions {
  readonly zone: string;
  /** Slugs of posts that are there and were not imported. */
  readonly taken: ReadonlySet<string>;
  /** Names that earlier runs gave, by the posts' ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** Slugs are unique; who had one before keeps it. */
export function planPosts(posts: readonly SourcePost[], { zone, taken, names }: PlanOptions): readonly PlannedPost[] {
  const sorted = posts.toSorted(
    (a, b) => momentOf(a.published, zone) - momentOf(b.published, zone) || (a.id < b.id ? -1 : 1),
  );
  const used = new Set(taken);
  const slugs = new Map<SourcePost, string>();
  const isKept = (source: SourcePost) => names.has(source.id);
  for (const source of [...sorted.filter(isKept), ...sorted.filter((one) => !isKept(one))]) {
    const before = names.get(source.id)?.replace(/^\d{4}-\d{2}-\d{2}-/, "");
    const slug = free(before ?? slugFrom(source.slug, source.title), used);
    used.add(slug);
    slugs.set(source, slug);
  }
  return sorted.map((source) => {
    const slug = slugs.get(source) ?? "untitled";
    const name = `${dayOf(source.published, zone)}-${slug}`;
    return { source, slug, name, url: `/posts/${slug}/`, moment: momentOf(source.published, zone) };
  });
}

function free(slug: string, used: ReadonlySet<string>): string {
  let candidate = slug;
  for (let n = 2; used.has(candidate); n++) candidate = `${slug}-${n}`;
  return candidate;
}

export interface OldAddresses {
  /** By a path at which the old engine published it. */
  atPath(pathname: string): PlannedPost | undefined;
  /** By an address of which only the reader knows whose it is. */
  atAddress(address: string): PlannedPost | undefined;
  /** By the absolute path of its file, or of its folder, with or without an extension. */
  atFile(file: string): PlannedPost | undefined;
  /** By what the author calls it: a path below the content folder, or the name of its file. */
  named(name: string): PlannedPost | undefined;
}

export function oldAddresses(blog: SourceBlog, planned: readonly PlannedPost[]): OldAddresses {
  const paths = new Map<string, PlannedPost>();
  const files = new Map<string, PlannedPost>();
  const byTail = new Map<string, PlannedPost>();
  const byId = new Map(planned.map((post) => [post.source.id, post]));
  for (const post of planned) {
    const { address, aliases, file } = post.source;
    for (const one of [address ?? "", ...aliases]) if (one) addFirst(paths, plainPath(one, blog.basePath), post);
    if (!file) continue;
    addFirst(files, plainFile(file), post);
    const parts = plainFile(file).split(path.sep);
    for (let at = parts.length - 1; at >= 0 && parts.length - at <= 6; at--)
      addFirst(byTail, parts.slice(at).join("/").toLowerCase(), post);
  }
  return {
    atPath: (pathname) => paths.get(plainPath(pathname, blog.basePath)),
    atAddress: (address) => byId.get(blog.idAt?.(address) ?? ""),
    atFile: (file) => files.get(plainFile(file)),
    named: (name) =>
      byTail.get(
        plainFile(decoded(name))
          .replaceAll(path.sep, "/")
          .replace(/^(?:\.*\/)+/, "")
          .toLowerCase(),
      ),
  };
}

/** Who comes first keeps the key. */
function addFirst(map: Map<string, PlannedPost>, key: string, post: PlannedPost): void {
  if (!map.has(key)) map.set(key, post);
}

function plainPath(pathname: string, basePath: string): string {
  const plain = decoded(pathname)
    .replace(/[?#].*$/, "")
    .replace(/\/(?:index\.html?)?$/, "")
    .replace(/\.html?$/, "")
    .toLowerCase();
  const base = basePath.replace(/\/$/, "").toLowerCase();
  return base && (plain === base || plain.startsWith(`${base}/`)) ? plain.slice(base.length) : plain;
}

function plainFile(file: string): string {
  return file
    .replace(/[\\/]+$/, "")
    .replace(/\.(?:md|mdx|markdown|mkdn?|html?)$/i, "")
    .replace(/[\\/](?:index|page)$/i, "");
}
