/** Puts the feeds into a site. Articles as feeds have them are kept from one build to the next: to make one is to parse its markup. */
import { hash } from "node:crypto";
import type { MadeCache } from "../site/made-cache.ts";
import { codeVersion } from "../site/pinned-versions.ts";
import { feedContent } from "../site/publish/feeds/content.ts";
import { feedFiles } from "../site/publish/feeds/files.ts";
import { feedHash } from "../site/publish/feeds/news.ts";
import type { SiteModel } from "../site/template.ts";

interface FeedsBuild {
  readonly cache: MadeCache;
  /** `url` is a path from the origin. */
  readonly put: (url: string, text: string) => void;
}

/** Gives the hash of each feed by its path. */
export function writeFeeds(
  { blog, cards }: Pick<SiteModel, "blog" | "cards">,
  { cache, put }: FeedsBuild,
): ReadonlyMap<string, string> {
  const version = codeVersion(["publish/feeds/content.ts"], ["node-html-parser"]);
  const contentOf: typeof feedContent = (article, pageUrl) => {
    const key = hash("sha256", `${version} ${pageUrl}\n${article.markup}`);
    return cache.recallNow(`${key}.feed`, () => feedContent(article, pageUrl));
  };
  const hashes = new Map<string, string>();
  for (const [url, text] of feedFiles(blog, cards, contentOf)) {
    put(url, text);
    hashes.set(url, feedHash(text));
  }
  return hashes;
}
