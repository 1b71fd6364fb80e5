/** Puts the files of pictures into a site: from the cache, or made now. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { MadeCache } from "../site/made-cache.ts";
import { cardAddress, madeAddress, publishedAddresses } from "../site/pictures/addresses.ts";
import type { LocalPicture } from "../site/pictures/local-picture.ts";
import { type MadeFiles, makeCard, makePageFiles } from "../site/pictures/make.ts";
import { pictureKey } from "../site/pictures/recipe.ts";
import type { PublishedPictures } from "../site/publish/pictures.ts";

interface PicturesBuild {
  /** Project root, absolute. */
  readonly root: string;
  readonly cache: MadeCache;
  /** `url` is a path from the origin. */
  readonly put: (url: string, content: Uint8Array) => void;
}

type Made = Pick<PublishedPictures, "shown" | "cards">;

/** One picture after the other, each in all its sizes at once: the encoders use every core by themselves. */
export async function writePictures({ shown, cards }: Made, build: PicturesBuild): Promise<void> {
  const addressOfShown = (picture: LocalPicture) => publishedAddresses(picture).fallback.url;
  const addressOfCard = (picture: LocalPicture) => cardAddress(picture).url;
  await writeEach(shown, { name: "page", addressOf: addressOfShown, make: makePageFiles }, build);
  await writeEach(cards, { name: "card", addressOf: addressOfCard, make: makeCard }, build);
}

interface Purpose {
  /** Of what is made for it, in the cache. */
  readonly name: string;
  /** Of the file that every picture has. */
  readonly addressOf: (picture: LocalPicture) => string;
  readonly make: (bytes: Uint8Array, measured: LocalPicture["measured"]) => Promise<MadeFiles>;
}

async function writeEach(pictures: readonly LocalPicture[], purpose: Purpose, build: PicturesBuild): Promise<void> {
  const distinct = new Map(pictures.map((picture) => [purpose.addressOf(picture), picture]));
  for (const [url, picture] of distinct) {
    const files = await filesOf(picture, { ...purpose, url }, build);
    for (const [address, content] of files) build.put(address, content);
  }
}

type Files = readonly (readonly [url: string, content: Uint8Array])[];

async function filesOf(
  picture: LocalPicture,
  { name, make, url }: Purpose & { readonly url: string },
  { root, cache }: PicturesBuild,
): Promise<Files> {
  const { key, measured } = picture;
  if (measured.isReady) return [[url, await bytesOf(root, picture)]];
  const made = await cache.recall(`${key}.${name}`, async () =>
    make(await bytesOf(root, picture), measured).catch((cause: unknown) => {
      throw new Error(`the picture ${picture.file} cannot be made smaller`, { cause });
    }),
  );
  return Object.entries(made).map(([file, content]) => [madeAddress(picture, file), content]);
}

/** What was measured, and nothing that was saved over it since. */
async function bytesOf(root: string, { file, key }: LocalPicture): Promise<Uint8Array> {
  const bytes = await readFile(path.join(root, file));
  if (pictureKey(bytes) !== key) throw new Error(`${file} changed while the site was built; build it again`);
  return bytes;
}
