/** All feeds in all their forms. */
import type { Blog } from "../../content/blog.ts";
import type { Cards } from "../cards.ts";
import { atom } from "./atom.ts";
import { type FeedContentOf, feedContent } from "./content.ts";
import { feedsOf } from "./feed.ts";
import { jsonFeed } from "./json-feed.ts";
import { rss } from "./rss.ts";

/** Texts with their paths from the origin: `/feed.xml` (Atom), `/rss.xml` and `/feed.json`, and the same below each tag and series. */
export function* feedFiles(
  blog: Blog,
  cards: Cards,
  contentOf: FeedContentOf = feedContent,
): Generator<readonly [path: string, text: string]> {
  for (const [path, feed] of feedsOf(blog, cards, contentOf)) {
    yield [`${path}feed.xml`, atom(feed, `${feed.home}feed.xml`).markup];
    yield [`${path}rss.xml`, rss(feed, `${feed.home}rss.xml`).markup];
    yield [`${path}feed.json`, jsonFeed(feed, `${feed.home}feed.json`)];
  }
}
