/** The files of a site that follow from its posts and are no pages, nothing of which pages need: feeds, search, cards, Markdown. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Blog } from "../site/content/blog.ts";
import { bodyOf } from "../site/content/front-matter-fence.ts";
import type { MadeCache } from "../site/made-cache.ts";
import type { Cards } from "../site/publish/cards.ts";
import { markdownTwin, twinUrl } from "../site/publish/markdown-twin.ts";
import { searchFiles } from "../site/publish/search-index.ts";
import { writeCards } from "./cards.ts";
import { writeFeeds } from "./feeds.ts";
import type { Output } from "./output.ts";

export interface ProgramsBuild {
  readonly blog: Blog;
  readonly cards: Cards;
  /** Root of posts/, absolute. */
  readonly content: string;
  readonly caches: { readonly texts: MadeCache; readonly cards: MadeCache };
  readonly put: Output["put"];
}

/** Gives the hash of each feed by its path. */
export async function putForPrograms(build: ProgramsBuild): Promise<ReadonlyMap<string, string>> {
  const { blog, cards, caches, put } = build;
  const feeds = writeFeeds({ blog, cards }, { cache: caches.texts, put });
  for (const [url, text] of searchFiles(blog)) put(url, text);
  await writeCards(cards, { cache: caches.cards, put });
  putTwins(build);
  return feeds;
}

function putTwins({ blog, content, put }: ProgramsBuild): void {
  for (const post of blog.posts) {
    const text = new TextDecoder().decode(readFileSync(path.join(content, post.file)));
    put(twinUrl(post), markdownTwin(post, bodyOf(text), blog.site.url));
  }
}
