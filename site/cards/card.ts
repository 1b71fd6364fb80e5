/** What stands on the picture that stands for a page elsewhere, and what that picture is named by. */
import { createHash } from "node:crypto";
import { pinnedVersions } from "../pinned-versions.ts";

/** Texts that can be drawn, see letters.ts. */
export interface Card {
  /** Whose page it is, small above the title. */
  readonly site: string;
  readonly title: string;
  /** Below the title, when there is something to add to it. */
  readonly deck?: string | undefined;
  /** Small at the foot. */
  readonly notes: readonly string[];
}

/** Pixels. @see https://developers.facebook.com/docs/sharing/webmasters/images/ */
export const cardSize = Object.freeze({ width: 1200, height: 630 });

/** Change it when draw.ts draws something else. */
const revision = 1;
const drawnWith = ["satori", "@resvg/resvg-js", "@fontsource/source-serif-4", "@fontsource/source-sans-3"];

/** Names a card by what it says and by how it is drawn: hexadecimal, 64 characters. */
export function cardKey({ site, title, deck, notes }: Card): string {
  const drawn = JSON.stringify([revision, cardSize, pinnedVersions(drawnWith), site, title, deck, notes]);
  return createHash("sha256").update(drawn).digest("hex");
}
