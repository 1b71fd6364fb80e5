/** Series: posts that are read in an order. */
import { slugify } from "../markdown/headings.ts";
import type { Blog, Post } from "./blog.ts";

export interface Series {
  readonly name: string;
  /** Path from the origin, `/series/<slug>/`. */
  readonly url: string;
  /** Those that lists may show, in their order; never empty. */
  readonly parts: readonly Post[];
}

/** Names that differ only in case or punctuation have one address. */
export function seriesUrl(name: string): string {
  return `/series/${slugify(name)}/`;
}

/** `posts` is newest first. */
export function groupBySeries(posts: readonly Post[]): readonly Series[] {
  const bySeries = Map.groupBy(
    posts.filter(({ series }) => series),
    ({ series }) => series?.name ?? "",
  );
  return [...bySeries].map(([name, parts]) => ({
    name,
    url: seriesUrl(name),
    parts: parts.toSorted((a, b) => partOf(a) - partOf(b)),
  }));
}

/** The series of a post, when it has one and a part of it is listed. */
export function seriesOf({ series }: Blog, post: Post): Series | undefined {
  return series.find(({ name }) => name === post.series?.name);
}

function partOf(post: Post): number {
  return post.series?.part ?? 0;
}
