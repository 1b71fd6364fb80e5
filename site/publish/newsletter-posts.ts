/**
 * What the newsletter's functions know of posts. Written by the build, bundled as `#newsletter` into those functions alone:
 * descriptions and addresses of mails are most of what a manifest of many posts would weigh, and every function reads its own.
 */
import type { Blog } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";
import { postKey } from "./article-mail.ts";

export interface NewsletterPost {
  readonly slug: string;
  /** Path from the origin, `/posts/<slug>/`. */
  readonly url: string;
  readonly title: string;
  /** ISO 8601 with offset. */
  readonly published: string;
  /** What the post is known by, however it is renamed: its oldest path on the site. */
  readonly key: string;
  readonly description: string;
  /** Lower-case kebab. */
  readonly tags: readonly string[];
  /** Path from the origin of its mail, an `ArticleMail` as JSON; absent for a post that is not mailed. */
  readonly mail?: string;
}

/** Every published post, newest first. `mails` are paths of mails by the slugs of their posts. */
export function newsletterPosts(blog: Blog, mails: ReadonlyMap<string, string>): readonly NewsletterPost[] {
  return blog.posts.map((post) => {
    const { slug, url, title, description, tags, published } = post;
    const mail = mails.get(slug);
    const key = postKey(post);
    return { slug, url, title, published: toIso(published), key, description, tags, ...(mail ? { mail } : {}) };
  });
}
