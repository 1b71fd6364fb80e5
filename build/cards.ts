/** Puts the cards of pages, and the icons for telephones, into a site: from the cache, or drawn now. */
import { createHash } from "node:crypto";
import { cardKey } from "../site/cards/card.ts";
import { drawCards } from "../site/cards/draw-cards.ts";
import type { MadeCache } from "../site/made-cache.ts";
import { pinnedVersions } from "../site/pinned-versions.ts";
import type { Cards, PublishedCard } from "../site/publish/cards.ts";
import { paperColour, webIcons } from "../site/publish/web-manifest.ts";

interface CardsBuild {
  readonly cache: MadeCache;
  /** `url` is a path from the origin. */
  readonly put: (url: string, png: Uint8Array) => void;
}

export async function writeCards(cards: Cards, { cache, put }: CardsBuild) {
  const missing: PublishedCard[] = [];
  for (const published of cards.values()) {
    const kept = cache.find<Uint8Array>(cardKey(published.card));
    if (kept) put(published.url, kept.value);
    else missing.push(published);
  }
  await drawCards(
    missing.map(({ card }) => card),
    (at, { png, ms }) => {
      const published = missing[at];
      if (!published) return;
      put(published.url, png);
      cache.keep(cardKey(published.card), png, ms);
    },
  );
}

/** Change it when site/cards/icon.ts draws something else. */
const iconRevision = 3;

/** Where telephones look for it unasked, so that no page pays for a link. @see https://developer.apple.com/design/human-interface-guidelines/app-icons */
const touchIcon = { url: "/apple-touch-icon.png", side: 180, purpose: "touch" } as const;

/** The site's icon, `svg`, as pictures for telephones. */
export async function writeIcons(svg: string, { cache, put }: CardsBuild): Promise<void> {
  for (const { url, side, purpose } of [touchIcon, ...webIcons]) {
    const drawnBy = [iconRevision, pinnedVersions(["@resvg/resvg-js"]), svg, side, purpose];
    const key = createHash("sha256").update(JSON.stringify(drawnBy)).digest("hex");
    put(url, await cache.recall(`${key}.icon`, () => drawFor(purpose, svg, side)));
  }
}

async function drawFor(purpose: "any" | "maskable" | "touch", svg: string, side: number): Promise<Uint8Array> {
  const { drawIcon, drawMaskableIcon } = await import("../site/cards/icon.ts");
  if (purpose === "maskable") return drawMaskableIcon(svg, { side, background: paperColour });
  // Apple's telephones make black of what shines through.
  return drawIcon(svg, { side, background: purpose === "touch" ? paperColour : undefined });
}
