/** Building a site with pictures: again, without need of a decoder, twice at once, and killed half-way. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { jpeg, svg } from "../site/pictures/drawn.ts";
import { post } from "../site/site-in-a-folder.ts";
import { contentFolder, startBuild } from "./build-apart.ts";

let folder: string;
beforeAll(async () => {
  folder = await contentFolder();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inFolder = (...names: string[]) => path.join(folder, ...names);

beforeEach(async () => {
  for (const name of ["posts", ".cache", "_site", "_other"]) await rm(inFolder(name), { recursive: true, force: true });
  const files = { "bay.jpg": await jpeg({ width: 800, height: 500 }), "map.svg": svg('viewBox="0 0 90 60"') };
  await writePost("bay", "![A bay](bay.jpg)\n\n![A map](map.svg)\n", files);
});

async function writePost(name: string, body: string, files: Readonly<Record<string, Uint8Array>> = {}): Promise<void> {
  await mkdir(inFolder("posts", name), { recursive: true });
  await writeFile(inFolder("posts", name, "index.md"), post({ title: `About ${name}` }, body));
  for (const [file, bytes] of Object.entries(files)) await writeFile(inFolder("posts", name, file), bytes);
}

/** Whoever asks for the decoder fails. */
const forbid = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({ resolve: (name, context, next) => {
    if (name === "sharp") throw new Error("the decoder was asked for");
    return next(name, context);
  } });`)}`;

const build = (output?: string) => startBuild({ folder, ...(output && { output }) }).report;
const buildWithoutDecoder = () => startBuild({ folder, options: ["--import", forbid] }).report;

/** Digests by name. */
async function pictures(output = "_site"): Promise<Readonly<Record<string, string>>> {
  const files = inFolder(output, "assets/img");
  const entries = (await readdir(files)).map(async (name) => {
    const digest = createHash("sha256").update(await readFile(path.join(files, name)));
    return [name, digest.digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

test("makes the files once: a second build needs no decoder", async () => {
  expect(await build()).toBe("");
  const first = await pictures();
  expect(Object.keys(first).map((name) => name.replace(/-\w{10}[-.]/, " "))).toEqual([
    ...["400.avif", "400.webp", "800.avif", "800.jpeg", "800.webp"].map((end) => `bay ${end}`),
    // Subscribers' mail programs do not show drawings.
    "map 180.png",
    "map svg",
  ]);
  await rm(inFolder("_site"), { recursive: true });
  expect(await buildWithoutDecoder()).toBe("");
  expect(await pictures()).toEqual(first);
});

test("needs a decoder again for a picture that has changed, and gives it another name", async () => {
  expect(await build()).toBe("");
  const [before] = Object.keys(await pictures());
  await writePost("bay", "![A bay](bay.jpg)\n", { "bay.jpg": await jpeg({ width: 800, height: 500, seed: 3 }) });
  expect(await buildWithoutDecoder()).not.toBe("");
  expect(await build()).toBe("");
  expect(Object.keys(await pictures())).not.toContain(before);
});

test("builds a site without pictures where there is no decoder", async () => {
  await rm(inFolder("posts/bay"), { recursive: true });
  await writePost("bay", "No picture.\n");
  expect(await buildWithoutDecoder()).toBe("");
});

test("gives the same files to two builds at once on one cache", async () => {
  expect(await Promise.all([build("_site"), build("_other")])).toEqual(["", ""]);
  expect(await pictures("_other")).toEqual(await pictures("_site"));
});

test("is not misled by what a killed build left behind", async () => {
  const { child, report } = startBuild({ folder });
  const kept = inFolder(".cache/pictures");
  await expect.poll(() => readdir(kept).catch(() => []), { timeout: 20_000, interval: 5 }).not.toEqual([]);
  child.kill("SIGKILL");
  await report;
  for (const name of await readdir(kept)) {
    const bytes = await readFile(path.join(kept, name));
    await writeFile(path.join(kept, name), bytes.subarray(0, bytes.length - 5));
  }
  expect(await build()).toBe("");
  const files = inFolder("_site/assets/img");
  for (const name of (await readdir(files)).filter((name) => !name.endsWith(".svg"))) {
    const { width } = await sharp(path.join(files, name), { failOn: "warning" })
      .toBuffer({ resolveWithObject: true })
      .then(({ info }) => info);
    expect.soft(name).toMatch(new RegExp(`-${width}\\.\\w+$`));
  }
});

test("says at its line which picture is broken, and leaves the last good site", async () => {
  expect(await build()).toBe("");
  const before = await pictures();
  const bytes = await jpeg({ width: 800, height: 500, seed: 8 });
  await writePost("bay", "![A bay](bay.jpg)\n", { "bay.jpg": bytes.subarray(0, bytes.length / 2) });
  expect(await build()).toContain("posts/bay/index.md:6:10 error the picture posts/bay/bay.jpg is damaged or cut off");
  expect(await pictures()).toEqual(before);
});
