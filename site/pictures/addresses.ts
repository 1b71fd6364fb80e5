/** Where the files of a picture are published. */
import path from "node:path";
import type { LocalPicture } from "./local-picture.ts";
import { cardWidth, fallbackFormat } from "./make.ts";
import { recipe, widthFor, widthsOf } from "./recipe.ts";

export interface Addresses {
  /** Best format first, widths ascending. */
  readonly sources: readonly Source[];
  /** For every browser and every program. */
  readonly fallback: Address;
  readonly largest: string;
}

export interface Source {
  /** Media type. */
  readonly type: string;
  readonly widths: readonly Address[];
}

export interface Address {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** In a name, so many characters of the key tell a picture from others of its name. */
const keyCharacters = 10;
const nameCharacters = 40;

/** The file itself, where the post names it: nothing has to be made. */
export function ownAddresses({ src, measured: { width, height } }: LocalPicture): Addresses {
  return { sources: [], fallback: { url: src, width, height }, largest: src };
}

/** Paths from the origin, under names that never stand for anything else. */
export function publishedAddresses(picture: LocalPicture): Addresses {
  const { format, isReady, width } = picture.measured;
  if (isReady) return ownAddresses({ ...picture, src: `${baseOf(picture)}.${format}` });
  const widths = widthsOf(width);
  return {
    sources: ["avif", "webp"].map((made) => ({
      type: `image/${made}`,
      widths: widths.map((one) => addressOf(picture, made, one)),
    })),
    fallback: addressOf(picture, fallbackFormat(picture.measured), widthFor(width, recipe.fallbackWidth)),
    largest: addressOf(picture, "webp", Math.max(...widths)).url,
  };
}

/** Of the one picture that stands for a page elsewhere. */
export function cardAddress(picture: LocalPicture): Address {
  if (picture.measured.isReady) return publishedAddresses(picture).fallback;
  return addressOf(picture, fallbackFormat(picture.measured), cardWidth(picture.measured));
}

/** Of a file as it is named when it is made, `680.avif`. */
export function madeAddress(picture: LocalPicture, made: string): string {
  return `${baseOf(picture)}-${made}`;
}

function addressOf(picture: LocalPicture, format: string, width: number): Address {
  const { measured } = picture;
  const height = Math.round((width * measured.height) / measured.width);
  return { url: madeAddress(picture, `${width}.${format}`), width, height };
}

/** `/assets/img/load-over-time-1f0c2d9a3b` */
function baseOf({ file, key }: LocalPicture): string {
  const { name } = path.parse(file);
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, nameCharacters)
    .replace(/^-+|-+$/g, "");
  return `/assets/img/${plain || "picture"}-${key.slice(0, keyCharacters)}`;
}
