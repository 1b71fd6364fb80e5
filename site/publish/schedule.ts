/** When posts that are written already go live, for the function that then has the site built again. */
import type { Blog } from "../content/blog.ts";

/** Moments in UTC, ISO 8601, soonest first. Says nothing else of the posts: the file is public. */
export function dueMoments({ hidden }: Blog): readonly string[] {
  const moments = hidden.filter((post) => !post.draft).map((post) => post.published.toUTC().toISO());
  return [...new Set(moments)].sort();
}
