/** Puts the cards of pages into a site: from the cache, or drawn now. */
import { type Card, cardKey } from "../site/cards/card.ts";
import type { PictureCache } from "../site/pictures/picture-cache.ts";
import type { PublishedCard } from "../site/publish/cards.ts";

interface CardsBuild {
  readonly cache: PictureCache;
  /** `url` is a path from the origin. */
  readonly write: (url: string, png: Uint8Array) => Promise<void>;
}

export async function writeCards(cards: ReadonlyMap<string, PublishedCard>, { cache, write }: CardsBuild) {
  for (const { url, card } of cards.values()) {
    await write(url, await cache.recall(cardKey(card), () => draw(card)));
  }
}

async function draw(card: Card): Promise<Uint8Array> {
  const { drawCard } = await import("../site/cards/draw.ts");
  return drawCard(card);
}
