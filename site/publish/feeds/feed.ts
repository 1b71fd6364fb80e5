/** What a feed holds, whatever form it is written in: the site's, and one for each tag and series. */
import { cardSize } from "../../cards/card.ts";
import type { Blog, Post } from "../../content/blog.ts";
import { toIso } from "../../content/dates.ts";
import { type Cards, postImage } from "../cards.ts";
import type { FeedContentOf } from "./content.ts";

export interface Feed {
  /** Absolute address of the page whose feed it is; its files lie beside it. */
  readonly home: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly author: string;
  /** Address of a WebSub hub that tells readers of news at once. */
  readonly hub: string | undefined;
  /** ISO 8601 in UTC; absent when there are no entries. */
  readonly updated: string | undefined;
  /** Newest first. */
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** The first address that the post had: it stays when the post moves. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** Whole article as HTML that stands alone, with absolute addresses. */
  readonly content: string;
  /** ISO 8601 in UTC. */
  readonly published: string;
  readonly updated: string;
  readonly tags: readonly string[];
  readonly language: string | undefined;
  /** Stands for the entry in lists: its author's picture, or its card. */
  readonly image: EntryImage | undefined;
}

export interface EntryImage {
  /** Absolute. */
  readonly url: string;
  /** Pixels, where they are known. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

const newest = 20;

/** By their paths, `/` for the site's own. A post's content is made once for all its feeds. */
export function feedsOf(blog: Blog, cards: Cards, contentOf: FeedContentOf): ReadonlyMap<string, Feed> {
  const entryOf = remembering((post: Post) => {
    const content = contentOf(post.article.html, blog.site.url + post.url);
    return toEntry(post, blog.site.url, { content, image: imageOf(blog, post, cards) });
  });
  const { site, listed, tags, series } = blog;
  const feed = (url: string, title: string, description: string, posts: readonly Post[]): [string, Feed] => {
    const entries = posts.slice(0, newest).map(entryOf);
    const updated = entries
      .map((entry) => entry.updated)
      .sort()
      .at(-1);
    const { language, webSubHub } = site;
    const author = blog.profile.name ?? blog.profile.role;
    return [
      url,
      { home: site.url + url, title, description, language, author, hub: webSubHub ?? undefined, updated, entries },
    ];
  };
  return new Map([
    feed("/", site.title, site.description, listed),
    ...tags.map(({ name, url, posts }) => feed(url, `${site.title}: ${name}`, `Articles about ${name}.`, posts)),
    ...series.map(({ name, url, parts }) =>
      feed(
        url,
        `${site.title}: ${name}`,
        `The series “${name}”.`,
        listed.filter((post) => parts.includes(post)),
      ),
    ),
  ]);
}

function imageOf(blog: Blog, post: Post, cards: Cards): EntryImage | undefined {
  const url = postImage(blog, post, cards);
  const { width, height } = post.preview ?? cardSize;
  return url ? { url, width, height } : undefined;
}

function toEntry(post: Post, siteUrl: string, made: Pick<FeedEntry, "content" | "image">): FeedEntry {
  const url = siteUrl + post.url;
  return {
    id: siteUrl + (post.aliases[0] ?? post.url),
    url,
    title: post.title,
    summary: post.description,
    published: toIso(post.published.toUTC()),
    updated: toIso((post.updated ?? post.published).toUTC()),
    tags: post.tags,
    language: post.language,
    ...made,
  };
}

function remembering<In extends object, Out>(make: (from: In) => Out): (from: In) => Out {
  const made = new Map<In, Out>();
  return (from) => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };
}
