/** How pictures are made. Whatever changes here makes every picture anew, under another name. */
import { createHash } from "node:crypto";
import { pinnedVersions } from "../pinned-versions.ts";

/** Widths are pixels; qualities are the encoders' own scales. */
export const recipe = Object.freeze({
  /** Change it when the code that measures or makes pictures gives something else. */
  revision: 1,
  /** A simple phone; a usual phone, and a column of text; the best phones, and a column on a fine screen; a window. */
  widths: [400, 720, 1240, 2040],
  /** Of the one picture for browsers, feeds and mails that know neither AVIF nor WebP. */
  fallbackWidth: 1200,
  /** Of the picture that stands for a page elsewhere. */
  cardWidth: 1200,
  /** A file of so few bytes is published as it is. */
  smallBytes: 4096,
  /** Longest side of the placeholder. */
  tinySide: 12,
  maxPixels: 100_000_000,
  /** What WebP can hold. @see https://developers.google.com/speed/webp/faq */
  maxSide: 16_383,
  avif: { quality: 55, effort: 3 },
  webp: { quality: 80, effort: 4, smartSubsample: true },
  jpeg: { quality: 80, mozjpeg: true },
  png: { compressionLevel: 9, palette: true, effort: 1 },
  tiny: { quality: 15, effort: 6 },
});

const encoders = ["@11ty/eleventy-img", "sharp"];

/** Names a picture by what its file holds and by how it is made: hexadecimal, 64 characters. */
export function pictureKey(bytes: Uint8Array): string {
  return createHash("sha256").update(recipeVersion()).update(bytes).digest("hex");
}

let version: string | undefined;

function recipeVersion(): string {
  version ??= JSON.stringify([recipe, pinnedVersions(encoders)]);
  return version;
}

/** Widths in which a picture is made, ascending: never larger than it is, and none that is hardly smaller than the next. */
export function widthsOf(original: number): readonly number[] {
  const largest = Math.min(original, recipe.widths.at(-1) ?? original);
  return [...recipe.widths.filter((width) => width * 1.2 <= largest), largest];
}

/** The smallest of these widths that is wide enough, or else the largest. */
export function widthFor(original: number, wanted: number): number {
  const widths = widthsOf(original);
  return widths.find((width) => width >= wanted) ?? widths.at(-1) ?? original;
}
