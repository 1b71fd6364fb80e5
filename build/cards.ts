/** Puts the cards of pages, and the icon for telephones, into a site: from the cache, or drawn now. */
import { createHash } from "node:crypto";
import { type Card, cardKey } from "../site/cards/card.ts";
import type { PictureCache } from "../site/pictures/picture-cache.ts";
import { pinnedVersions } from "../site/pinned-versions.ts";
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

/** Change it when site/cards/icon.ts draws something else. */
const iconRevision = 1;

/** At the address where telephones look for it unasked: no page pays for a link. */
export async function writeTouchIcon(svg: string, { cache, write }: CardsBuild): Promise<void> {
  const key = createHash("sha256").update(JSON.stringify([iconRevision, pinnedVersions(["@resvg/resvg-js"]), svg]));
  const icon = await cache.recall(`${key.digest("hex")}.icon`, async () => {
    const { drawIcon } = await import("../site/cards/icon.ts");
    return drawIcon(svg);
  });
  await write("/apple-touch-icon.png", icon);
}
