/** The thread in which a large site's files for programs are made, from the cache that the main thread has filled. */
import { parentPort, workerData } from "node:worker_threads";
import { type CacheUse, sumOfUses } from "../site/cache-use.ts";
import { loadContent } from "../site/content/load.ts";
import { openMadeCache } from "../site/made-cache.ts";
import { publishedCards } from "../site/publish/cards.ts";
import { publishPictures } from "../site/publish/pictures.ts";
import { putForPrograms } from "./for-programs.ts";
import { joinOutput, type PutFiles } from "./output.ts";

export interface ProgramsWish {
  /** Root of posts/ and _data/, absolute. */
  readonly content: string;
  readonly output: string;
  /** Where the main thread's output stages what is new. */
  readonly staging: string;
  readonly cache: string;
  readonly siteUrl: string | undefined;
  readonly isPreview: boolean;
  /** The same moment as in the main thread: a post may go live between two. */
  readonly asOf: Date | undefined;
}

export interface MadeForPrograms {
  /** Hashes by path. */
  readonly feeds: ReadonlyMap<string, string>;
  readonly files: PutFiles;
  readonly cacheUse: CacheUse;
}

async function make({
  content,
  output,
  staging,
  cache,
  siteUrl,
  isPreview,
  asOf,
}: ProgramsWish): Promise<MadeForPrograms> {
  const loaded = await loadContent(content, { siteUrl, asOf, cache });
  if (!loaded.blog) throw new Error("posts changed while the site was built; build it again");
  const { blog } = publishPictures(loaded.blog, isPreview);
  const caches = { texts: openMadeCache(cache, "texts"), cards: openMadeCache(cache, "cards") };
  const joined = joinOutput(output, staging);
  const cards = isPreview ? new Map() : publishedCards(blog);
  const feeds = await putForPrograms({ blog, cards, content, caches, put: joined.put });
  return { feeds, files: joined.files(), cacheUse: sumOfUses(Object.values(caches).map((one) => one.use())) };
}

parentPort?.postMessage(await make(workerData as ProgramsWish));
