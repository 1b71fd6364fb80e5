/** What the functions know of the built site. Written by the build, bundled into each function as `#site`. */
import type { Blog } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";
import type { Html } from "../html.ts";
import { retention } from "./retention.ts";
import { dueMoments } from "./schedule.ts";

export interface SiteManifest {
  readonly site: {
    readonly title: string;
    /** Origin without a trailing slash, `https://example.com`. */
    readonly url: string;
    readonly language: string;
    /** Public e-mail of the owner; absent until the owner fills it in. */
    readonly email?: string;
    /** How long messages of the contact form are kept. */
    readonly contactKeepDays: number;
  };
  /** Every published post, newest first. `published` is ISO 8601 with offset. */
  readonly posts: readonly ManifestPost[];
  /** When the site must be built again, because a post goes live: UTC, ISO 8601, soonest first. */
  readonly due: readonly string[];
  /** A whole page with holes, see shell.ts. */
  readonly shell: string;
  /** Content-Security-Policy that fits the shell. */
  readonly contentSecurityPolicy: string;
}

export interface ManifestPost {
  readonly slug: string;
  /** Path from the origin, `/posts/<slug>/`. */
  readonly url: string;
  readonly title: string;
  readonly published: string;
  readonly tags: readonly string[];
}

/** The manifest of a blog. `shell` is a page of it with holes. */
export function siteManifest(blog: Blog, shell: Html, contentSecurityPolicy: string): SiteManifest {
  const { title, url, language } = blog.site;
  const { email } = blog.profile;
  return {
    site: {
      title,
      url,
      language,
      ...(email ? { email } : {}),
      contactKeepDays: blog.site.contactKeepDays ?? retention.contactKeepDays,
    },
    posts: blog.posts.map((post) => ({
      slug: post.slug,
      url: post.url,
      title: post.title,
      published: toIso(post.published),
      tags: post.tags,
    })),
    due: dueMoments(blog),
    shell: shell.markup,
    contentSecurityPolicy,
  };
}
