/** Makes the files of a picture: every width in AVIF and WebP, and one for those who know neither. */
import type { Measured, PictureFormat } from "./measured.ts";
import { recipe, widthFor, widthsOf } from "./recipe.ts";

/** By width and format, `680.avif`. */
export type MadeFiles = Readonly<Record<string, Uint8Array>>;

/** `bytes` is what the picture's file holds. */
export async function makePageFiles(bytes: Uint8Array, picture: Measured): Promise<MadeFiles> {
  const fallback = widthFor(picture.width, recipe.fallbackWidth);
  return {
    ...(await encode(bytes, widthsOf(picture.width), ["avif", "webp"])),
    ...(await encode(bytes, [fallback], [fallbackFormat(picture)])),
  };
}

/** The picture that stands for a page elsewhere, in one file. */
export function makeCard(bytes: Uint8Array, picture: Measured): Promise<MadeFiles> {
  return encode(bytes, [cardWidth(picture)], [fallbackFormat(picture)]);
}

/** What every program shows: JPEG for photographs, PNG for what has sharp edges or shines through. */
export function fallbackFormat({ format, isOpaque }: Measured): PictureFormat {
  return format === "jpeg" || (isOpaque && (format === "webp" || format === "avif")) ? "jpeg" : "png";
}

export function cardWidth({ width }: Measured): number {
  return Math.min(width, recipe.cardWidth);
}

async function encode(
  bytes: Uint8Array,
  widths: readonly number[],
  formats: readonly PictureFormat[],
): Promise<MadeFiles> {
  const { default: eleventyImage } = await import("@11ty/eleventy-img");
  // Its own cache takes a file that a killed build left unfinished for a good one: we keep what it gives ourselves.
  const made = await eleventyImage(Buffer.from(bytes), {
    widths,
    formats,
    dryRun: true,
    useCache: false,
    failOnError: true,
    fixOrientation: true,
    sharpOptions: { failOn: "error", limitInputPixels: recipe.maxPixels },
    sharpAvifOptions: recipe.avif,
    sharpWebpOptions: recipe.webp,
    sharpJpegOptions: recipe.jpeg,
    sharpPngOptions: recipe.png,
  });
  const files = Object.values(made).flat();
  return Object.fromEntries(files.map(({ width, format, buffer }) => [`${width}.${format}`, buffer]));
}
