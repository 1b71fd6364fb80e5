/** Long lists of posts, cut into pages that each have an address. */
import type { Post } from "./content/blog.ts";

/** The newest ones, on the first page of the site. */
export const postsAtHome = 5;

/** A page of so many posts arrives in the first round trip, with its styles. */
export const postsPerPage = 30;

export interface ListPage {
  /** Path from the origin: the list's own for the first page, `<list>page/2/` for the second. */
  readonly url: string;
  /** From 1. */
  readonly number: number;
  /** How many pages the list has. */
  readonly count: number;
  readonly posts: readonly Post[];
  /** Addresses of the pages with newer and with older posts. */
  readonly newer: string | undefined;
  readonly older: string | undefined;
}

/** The pages of the list at `url`, newest posts first; one page when there are no posts. */
export function listPages(url: string, posts: readonly Post[], size = postsPerPage): readonly ListPage[] {
  const count = Math.max(1, Math.ceil(posts.length / size));
  const urlOf = (number: number) => (number === 1 ? url : `${url}page/${number}/`);
  return Array.from({ length: count }, (_, at) => ({
    url: urlOf(at + 1),
    number: at + 1,
    count,
    posts: posts.slice(at * size, (at + 1) * size),
    newer: at > 0 ? urlOf(at) : undefined,
    older: at + 1 < count ? urlOf(at + 2) : undefined,
  }));
}

/** Whether a path is that of a second or later page, which comes and goes with the number of posts. */
export function isLaterPage(path: string): boolean {
  return /^\/(?:posts|tags\/[^/]+)\/page\/\d+\/$/.test(path);
}
