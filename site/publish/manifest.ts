/** What the functions know of the built site. Written by the build, bundled into each function as `#site`. */
import type { Blog } from "../content/blog.ts";
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
  /** Every published post, newest first. Each door carries them, so only what doors ask for. */
  readonly posts: readonly ManifestPost[];
  /** When the site must be built again, because a post goes live: UTC, ISO 8601, soonest first. */
  readonly due: readonly string[];
}

export interface ManifestPost {
  readonly slug: string;
  /** Path from the origin, `/posts/<slug>/`. */
  readonly url: string;
  /** Older paths on this site, oldest first; absent when there are none. */
  readonly aliases?: readonly string[];
  readonly tags: readonly string[];
}

export function siteManifest(blog: Blog): SiteManifest {
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
      ...(post.aliases.length > 0 && { aliases: post.aliases }),
      tags: post.tags,
    })),
    due: dueMoments(blog),
  };
}
