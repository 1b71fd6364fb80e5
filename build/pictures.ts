/** Puts the files of pictures into a site: from the cache, or made now. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { cardAddress, madeAddress, publishedAddresses } from "../site/pictures/addresses.ts";
import type { LocalPicture } from "../site/pictures/local-picture.ts";
import { type MadeFiles, makeCard, makePageFiles } from "../site/pictures/make.ts";
import type { PictureCache } from "../site/pictures/picture-cache.ts";
import { pictureKey } from "../site/pictures/recipe.ts";
import type { PublishedPictures } from "../site/publish/pictures.ts";

interface PicturesBuild {
  /** Project root, absolute. */
  readonly root: string;
  readonly cache: PictureCache;
  /** `url` is a path from the origin. */
  readonly write: (url: string, content: Uint8Array) => Promise<void>;
}

/** One picture after the other, each in all its sizes at once: the encoders use every core by themselves. */
export async function writePictures({ shown, cards }: PublishedPictures, build: PicturesBuild): Promise<void> {
  for (const picture of distinct(shown, (one) => publishedAddresses(one).fallback.url)) {
    if (picture.measured.isReady)
      await build.write(publishedAddresses(picture).fallback.url, await bytesOf(picture, build));
    else await writeMade(picture, { ...build, name: "page", make: makePageFiles });
  }
  for (const picture of distinct(cards, (one) => cardAddress(one).url)) {
    if (picture.measured.isReady) await build.write(cardAddress(picture).url, await bytesOf(picture, build));
    else await writeMade(picture, { ...build, name: "card", make: makeCard });
  }
}

interface Making extends PicturesBuild {
  readonly name: string;
  readonly make: (bytes: Uint8Array, measured: LocalPicture["measured"]) => Promise<MadeFiles>;
}

async function writeMade(picture: LocalPicture, { name, make, cache, write, root }: Making): Promise<void> {
  const files = await cache.recall(`${picture.key}.${name}`, async () =>
    make(await bytesOf(picture, { root }), picture.measured),
  );
  for (const [made, content] of Object.entries(files)) await write(madeAddress(picture, made), content);
}

/** What was measured, and nothing that was saved over it since. */
async function bytesOf({ file, key }: LocalPicture, { root }: Pick<PicturesBuild, "root">): Promise<Uint8Array> {
  const bytes = await readFile(path.join(root, file));
  if (pictureKey(bytes) !== key) throw new Error(`${file} changed while the site was built; build it again`);
  return bytes;
}

function distinct(pictures: readonly LocalPicture[], by: (picture: LocalPicture) => string): readonly LocalPicture[] {
  return [...new Map(pictures.map((picture) => [by(picture), picture])).values()];
}
