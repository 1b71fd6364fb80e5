/** Older addresses of posts lead to the post. @see https://docs.netlify.com/manage/routing/redirects/overview/ */
import type { Blog } from "../content/blog.ts";

/** A `_redirects` file for the host; empty when there is nothing to redirect. */
export function redirectsFile({ posts }: Blog): string {
  return posts.flatMap((post) => post.aliases.map((alias) => `${alias} ${post.url} 301\n`)).join("");
}
