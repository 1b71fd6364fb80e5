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
    /** IANA name. */
    readonly timezone: string;
    /** So long after it went live a post is not mailed yet. */
    readonly newsletterCoolingMinutes: number;
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
  /** What stays when everything else of a post changes: its oldest address. */
  readonly key: string;
  readonly slug: string;
  /** Path from the origin, `/posts/<slug>/`. */
  readonly url: string;
  readonly title: string;
  readonly published: string;
  /** Path of the file with its mail, see article-mail.ts; absent when subscribers get none about it. */
  readonly mail?: string;
}

/** Minutes to find the mistake that one sees only in print. */
const coolingMinutes = 15;

/** The manifest of a blog. `shell` is a page of it with holes. */
export function siteManifest(blog: Blog, shell: Html, contentSecurityPolicy: string): SiteManifest {
  const { title, url, language } = blog.site;
  const { email } = blog.profile;
  return {
    site: {
      title,
      url,
      language,
      timezone: blog.site.timezone,
      newsletterCoolingMinutes: blog.site.newsletterCoolingMinutes ?? coolingMinutes,
      ...(email ? { email } : {}),
      contactKeepDays: blog.site.contactKeepDays ?? retention.contactKeepDays,
    },
    posts: blog.posts.map((post) => ({
      key: post.aliases[0] ?? post.url,
      slug: post.slug,
      url: post.url,
      title: post.title,
      published: toIso(post.published),
    })),
    due: dueMoments(blog),
    shell: shell.markup,
    contentSecurityPolicy,
  };
}
