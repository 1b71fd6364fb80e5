/** The same sources are the same site, to the byte: whatever was kept, whatever lay there, and whichever machine it is. */
import { cp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generatedIn } from "../../build/generated.ts";
import { liveSite } from "../../build/live.ts";
import { openOutput } from "../../build/output.ts";
import { startPrograms } from "../../build/programs.ts";
import { type BuiltSite, buildSite } from "../../build/site.ts";
import { root } from "../setup/site.ts";
import { type BuildWish, startBuild } from "./build-apart.ts";
import { builtPages } from "./built-site.ts";
import { digests, editPost, smallSite } from "./small-site.ts";

type Files = Readonly<Record<string, string>>;

let folder: string;
let fromNothing: Files;
let cold: BuiltSite;
beforeAll(async () => {
  folder = await smallSite();
  await build("_nothing");
  fromNothing = await made("_nothing");
  cold = await build("_cold", { cache: ".cache" });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inFolder = (name: string) => path.join(folder, name);
const made = (output: string) => digests(inFolder(output));

interface Wish {
  readonly cache?: string;
  readonly isPreview?: boolean;
}

const wish = (output: string, { cache, isPreview = false }: Wish = {}) => ({
  root,
  content: folder,
  output: inFolder(output),
  generated: generatedIn(inFolder(`${output}.generated`)),
  cache: cache && inFolder(cache),
  isPreview,
});

function build(output: string, options?: Wish): Promise<BuiltSite> {
  return buildSite(wish(output, options));
}

test("has everything in it that could differ", () => {
  const files = Object.keys(fromNothing);
  for (const name of [
    "posts/code/index.html",
    "tags/kafka/index.html",
    "series/steps/index.html",
    "cv.pdf",
    "feed.xml",
  ])
    expect.soft(files).toContain(name);
  for (const name of [/^assets\/img\/bay-.*\.avif$/, /^assets\/cards\/code-/, /^newsletter\/mail\/code\./])
    expect.soft(files).toContainEqual(expect.stringMatching(name));
  expect(files.filter((name) => name.includes("draft"))).toEqual([]);
});

test("is the same with a cold cache, with a warm one, and on the site that it makes", async () => {
  expect(await made("_cold")).toEqual(fromNothing);
  const warm = await build("_warm", { cache: ".cache" });
  expect(await made("_warm")).toEqual(fromNothing);
  expect([cold.cacheUse.found, warm.cacheUse.made]).toEqual([0, 0]);
  const again = await build("_warm", { cache: ".cache" });
  expect(again.change).toEqual({ written: [], removed: [], kept: Object.keys(fromNothing).length });
  expect(await made("_warm")).toEqual(fromNothing);
});

test("is the same after edits, built on what was there, as when it is built from nothing", async () => {
  await build("_edited", { cache: ".cache" });
  const original = path.join(folder, "posts.original");
  await cp(inFolder("posts"), original, { recursive: true });
  await editPost(folder, "2026-01-10-code.md", { title: "Other code", tags: "[flink, new]" });
  await editPost(folder, "2026-01-11-diagram.md", { published: "2025-06-01" });
  await editPost(folder, "2026-02-02-steps-2.md", { series: "More steps", part: "1" }, "Another text.\n");
  await editPost(folder, "2026-02-11-draft.md", { draft: "false" });
  await rm(inFolder("posts/2026-02-12-bay"), { recursive: true });
  const { change } = await build("_edited", { cache: ".cache" });
  await build("_anew");
  expect(await made("_edited")).toEqual(await made("_anew"));
  expect(change.removed).toContainEqual(expect.stringMatching(/^\/assets\/img\/bay-/));
  expect(change.kept).toBeGreaterThan(20);
  await rm(inFolder("posts"), { recursive: true });
  await rename(original, inFolder("posts"));
  await build("_edited", { cache: ".cache" });
  expect(await made("_edited")).toEqual(fromNothing);
});

/** Those that are as far from each other, and from this site's Berlin, as machines can be. */
const machines: readonly Omit<BuildWish, "folder">[] = [
  { environment: { TZ: "Pacific/Apia", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" } },
  { environment: { TZ: "America/New_York", LANG: "C", LC_ALL: "C" }, isOnOneCore: true },
];

test("is the same in every time zone and language, and on one core", async () => {
  const reports = machines.map(async (machine, at) => {
    const cache = `.cache-${at}`;
    // To draw them anew would take most of the time; they are named by all that is on them.
    for (const name of ["pictures", "cards"])
      await cp(inFolder(`.cache/${name}`), inFolder(`${cache}/${name}`), { recursive: true });
    return startBuild({ folder, output: `_machine-${at}`, cache, ...machine }).report;
  });
  expect(await Promise.all(reports)).toEqual(["", ""]);
  for (const at of machines.keys()) expect.soft(await made(`_machine-${at}`), String(at)).toEqual(fromNothing);
});

test("is the same where a thread makes the files for programs, as it does on large sites", async () => {
  const output = openOutput(inFolder("_thread"));
  const places = {
    content: folder,
    output: inFolder("_thread"),
    staging: output.staging,
    cache: inFolder(".cache"),
  };
  const { made: inThread, stop } = startPrograms({ ...places, siteUrl: undefined, isPreview: false, asOf: new Date() });
  output.take((await inThread).files);
  await stop();
  output.commit();
  const files = await made("_thread");
  for (const name of ["feed.xml", "tags/kafka/feed.xml", "posts/code.md"]) expect.soft(files).toHaveProperty([name]);
  expect(fromNothing).toMatchObject(files);
});

test("is the same when two builds begin at once with one cache, which is empty, and one folder for the site", async () => {
  const builds = [1, 2].map(() => startBuild({ folder, output: "_both", cache: ".cache-shared" }).report);
  expect(await Promise.all(builds)).toEqual(["", ""]);
  expect(await made("_both")).toEqual(fromNothing);
  const { cacheUse } = await build("_both", { cache: ".cache-shared" });
  expect(cacheUse.made).toBe(0);
});

const edits: readonly (readonly [
  what: string,
  name: string,
  front: Readonly<Record<string, string>>,
  text?: string,
])[] = [
  ["text", "2026-01-10-code.md", {}, `Other words. ${"And many more of them. ".repeat(300)}\n`],
  ["title", "2026-01-13-chart.md", { title: "Another chart" }],
  ["tag", "2026-01-14-notes.md", { tags: "[time, fresh]" }],
  ["date", "2026-01-11-diagram.md", { published: "2026-02-05" }],
  ["series", "2026-02-02-steps-2.md", { series: "Other steps", part: "1" }],
];

test("has the pages that a full build has as soon as a post is saved in npm start", async () => {
  const options = { cache: ".cache", isPreview: true };
  const live = await liveSite(wish("_live", options), await build("_live", options));
  for (const [what, name, front, text] of edits) {
    const edited = await live.edit(await editPost(folder, name, front, text));
    const written = [edited?.url ?? "", ...((await edited?.rest()) ?? [])];
    await build("_full", { isPreview: true });
    const full = await pagesIn("_full");
    expect
      .soft(
        written.filter((url) => full.has(url)),
        what,
      )
      .toContain(edited?.url);
    expect.soft(await pagesIn("_live"), what).toEqual(full);
  }
  await build("_live", options);
  expect(await made("_live")).toEqual(await made("_full"));
});

/** Pages by their paths, but for what an edit leaves to the build after it: what is like an article, and what pages weigh. */
async function pagesIn(output: string): Promise<ReadonlyMap<string, string>> {
  const pages = (await builtPages(inFolder(output))).filter(({ url }) => url !== "/colophon/");
  return new Map(pages.map(({ url, text }) => [url, text.replace(/<nav class="related".*?<\/nav>/s, "")]));
}
