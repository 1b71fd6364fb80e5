/** All feeds in all their forms. */
import type { Blog } from "../../content/blog.ts";
import type { Cards } from "../cards.ts";
import { atom } from "./atom.ts";
import { feedsOf } from "./feed.ts";
import { jsonFeed } from "./json-feed.ts";
import { rss } from "./rss.ts";

/** Texts by their paths from the origin: `/feed.xml` (Atom), `/rss.xml` and `/feed.json`, and the same below each tag and series. */
export function feedFiles(blog: Blog, cards: Cards): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [path, feed] of feedsOf(blog, cards)) {
    files.set(`${path}feed.xml`, atom(feed, `${feed.home}feed.xml`).markup);
    files.set(`${path}rss.xml`, rss(feed, `${feed.home}rss.xml`).markup);
    files.set(`${path}feed.json`, jsonFeed(feed, `${feed.home}feed.json`));
  }
  return files;
}
