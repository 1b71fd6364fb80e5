/** What the functions know of the built site. Written by the build, bundled into each function as `#site`. */
import { createHash } from "node:crypto";
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
  /** The WebSub hub that is told of changed feeds; absent when there is none, and `feeds` is empty then. */
  readonly hub?: string;
  readonly feeds: readonly ManifestFeed[];
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
}

export interface ManifestFeed {
  /** Path from the origin, `/feed.xml`. */
  readonly path: string;
  /** Changes with every byte of the feed. */
  readonly hash: string;
}

export interface ManifestParts {
  /** Texts by their paths. */
  readonly feeds: ReadonlyMap<string, string>;
  /** A page of the site with holes. */
  readonly shell: Html;
  readonly contentSecurityPolicy: string;
}

export function siteManifest(blog: Blog, { feeds, shell, contentSecurityPolicy }: ManifestParts): SiteManifest {
  const { title, url, language, webSubHub } = blog.site;
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
    })),
    due: dueMoments(blog),
    ...(webSubHub ? { hub: webSubHub } : {}),
    feeds: webSubHub ? [...feeds].map(([path, text]) => ({ path, hash: hashOf(text) })) : [],
    shell: shell.markup,
    contentSecurityPolicy,
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
