/** Looks at a picture's file, once and thoroughly: a file that is broken anywhere is found here. */
import type { Metadata, Sharp, SharpOptions } from "sharp";
import { positionIn } from "./exif.ts";
import type { Measured, PictureFormat, Unusable } from "./measured.ts";
import { recipe } from "./recipe.ts";

/** Cut-off and damaged files are refused; what cameras do a little wrong is not. */
const options: SharpOptions = { failOn: "error", limitInputPixels: false };

const formats: Readonly<Record<string, PictureFormat>> = {
  avif: "avif",
  gif: "gif",
  jpeg: "jpeg",
  png: "png",
  webp: "webp",
};

export async function measure(bytes: Uint8Array): Promise<Measured | Unusable> {
  if (isMarkup(bytes)) {
    const { measureSvg } = await import("./svg.ts");
    return measureSvg(new TextDecoder().decode(bytes));
  }
  // Loads native code: only for those who have pictures.
  const { default: sharp } = await import("sharp");
  try {
    return await measurePixels(bytes, () => sharp(bytes, options));
  } catch (error) {
    const isUnknown = error instanceof Error && error.message.includes("unsupported image format");
    return { unusable: isUnknown || isHeic(bytes) ? "format" : "broken" };
  }
}

async function measurePixels(bytes: Uint8Array, open: () => Sharp): Promise<Measured | Unusable> {
  const metadata = await open().metadata();
  const { width, height } = metadata.autoOrient;
  const format = metadata.compression === "hevc" ? undefined : formats[metadata.mediaType?.split("/")[1] ?? ""];
  if (!format) return { unusable: "format" };
  if (isHuge(width, height)) return { unusable: "huge", width, height };
  const isOpaque = !metadata.hasAlpha || (await open().stats()).isOpaque;
  const tiny = await tinyOf(open());
  return {
    width,
    height,
    format,
    isOpaque,
    followsScheme: false,
    isReady: bytes.length <= recipe.smallBytes || isAnimated(bytes, metadata),
    hasPosition: metadata.exif !== undefined && positionIn(metadata.exif),
    tiny: isOpaque ? tiny : undefined,
  };
}

function isHuge(width: number, height: number): boolean {
  const largest = Math.min(1, (recipe.widths.at(-1) ?? width) / width);
  return width * height > recipe.maxPixels || height * largest > recipe.maxSide;
}

async function tinyOf(image: Sharp): Promise<string> {
  const side = recipe.tinySide;
  const small = image.autoOrient().resize({ width: side, height: side, fit: "inside" });
  const bytes = await small.webp(recipe.tiny).toBuffer();
  return `data:image/webp;base64,${bytes.toString("base64")}`;
}

function isMarkup(bytes: Uint8Array): boolean {
  return /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/** Animated PNG has a chunk of that name, which the decoder does not tell of. @see https://www.w3.org/TR/png-3/#acTL-chunk */
function isAnimated(bytes: Uint8Array, { pages = 1, format }: Metadata): boolean {
  const control = format === "png" ? Buffer.from(bytes).indexOf("acTL") : -1;
  return pages > 1 || (control >= 0 && control < Buffer.from(bytes).indexOf("IDAT"));
}

/** What telephones save; no browser but one shows it. @see https://nokiatech.github.io/heif/technical.html */
function isHeic(bytes: Uint8Array): boolean {
  return /^ftyp(?:he[a-z]{2}|mif1|msf1)/.test(Buffer.from(bytes.subarray(4, 12)).toString("latin1"));
}
