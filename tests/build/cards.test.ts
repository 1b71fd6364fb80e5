/** Pictures that stand for pages elsewhere: on every page, drawn once, whatever the letters of a title. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { builtSite, siteUrl } from "../setup/site.ts";
import { jpeg } from "../site/pictures/drawn.ts";
import { post } from "../site/site-in-a-folder.ts";
import { contentFolder, startBuild } from "./build-apart.ts";
import { type BuiltPage, builtFiles, builtPages } from "./built-site.ts";

const metaOf = ({ document }: BuiltPage, name: string) =>
  document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content");

describe("the repository's own site", async () => {
  const pages = await builtPages();
  const indexed = pages.filter(({ document }) => document.querySelector('link[rel="canonical"]'));

  test("names a card of 1200 by 630 pixels on every page that may be found", async () => {
    expect(indexed.length).toBeGreaterThan(20);
    const sizes = new Map<string, string>();
    for (const page of indexed) {
      const image = metaOf(page, "og:image") ?? `none on ${page.url}`;
      expect.soft(image).toMatch(`${siteUrl}/assets/`);
      expect.soft(metaOf(page, "og:image:alt"), page.url).toBeTruthy();
      expect.soft(metaOf(page, "twitter:card"), page.url).toBe("summary_large_image");
      expect.soft([metaOf(page, "og:image:width"), metaOf(page, "og:image:height")]).toEqual(["1200", "630"]);
      const { format, width, height } = await sharp(path.join(builtSite, image.slice(siteUrl.length))).metadata();
      sizes.set(image, `${format} ${width} ${height}`);
    }
    expect(new Set(sizes.values())).toEqual(new Set(["png 1200 630"]));
  });

  test("has a card of their own for articles and case studies, and one for the other pages", () => {
    const own = indexed.filter(({ url }) => /^\/(?:posts|work)\/(?!page\/)[^/]+\/$/.test(url));
    const cards = own.map((page) => metaOf(page, "og:image"));
    expect(new Set(cards).size).toBe(own.length);
    const others = indexed.filter((page) => !own.includes(page)).map((page) => metaOf(page, "og:image"));
    expect(new Set(others).size).toBe(1);
    expect(cards).not.toContain(others[0]);
  });

  test("publishes no card that no page names", async () => {
    const named = new Set(pages.map((page) => metaOf(page, "og:image")?.slice(siteUrl.length + 1)));
    const files = (await builtFiles()).filter((file) => file.startsWith("assets/cards/"));
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });
});

test("has its icon as a picture for telephones, with nothing shining through", async () => {
  const { data, info } = await sharp(path.join(builtSite, "apple-touch-icon.png"))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 180, height: 180, channels: 4 });
  expect(data.filter((_value, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
});

describe("a build", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await contentFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const inFolder = (...names: string[]) => path.join(folder, ...names);

  beforeEach(async () => {
    for (const name of ["posts", ".cache", "_site"]) await rm(inFolder(name), { recursive: true, force: true });
  });

  async function writePost(slug: string, front: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(inFolder("posts", slug), { recursive: true });
    await writeFile(inFolder("posts", slug, "index.md"), post({ title: "Queues", ...front }, "A text.\n"));
  }

  /** Whoever asks for what draws fails. */
  const forbid = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from "node:module";
    registerHooks({ resolve: (name, context, next) => {
      if (name === "satori" || name === "@resvg/resvg-js") throw new Error("something was drawn");
      return next(name, context);
    } });`)}`;

  const build = () => startBuild({ folder }).report;
  const buildWithoutDrawing = () => startBuild({ folder, options: ["--import", forbid] }).report;

  /** Digests by name. */
  async function cards(): Promise<Readonly<Record<string, string>>> {
    const files = inFolder("_site/assets/cards");
    const entries = (await readdir(files)).map(async (name) => {
      const digest = createHash("sha256").update(await readFile(path.join(files, name)));
      return [name, digest.digest("hex")] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async function cardOf(slug: string): Promise<string> {
    const page = await readFile(inFolder("_site/posts", slug, "index.html"), "utf8");
    return /property="og:image" content="[^"]*\/([^"/]+)"/.exec(page)?.[1] ?? "none";
  }

  test("draws nothing that the last one has drawn, and draws it the same without it", async () => {
    await writePost("queues", {});
    expect(await build()).toBe("");
    const first = await cards();
    expect(Object.keys(first)).toContainEqual(expect.stringMatching(/^queues-\w{10}\.png$/));
    expect(await buildWithoutDrawing()).toBe("");
    expect(await cards()).toEqual(first);
    await rm(inFolder(".cache"), { recursive: true });
    expect(await build()).toBe("");
    expect(await cards()).toEqual(first);
  });

  test("gives a card another address when its title changes", async () => {
    await writePost("queues", {});
    expect(await build()).toBe("");
    const before = await cardOf("queues");
    await writePost("queues", { title: "Queues, again" });
    expect(await buildWithoutDrawing()).toContain("something was drawn");
    expect(await build()).toBe("");
    expect(await cardOf("queues")).not.toBe(before);
  });

  test("draws anew what a full disk or a killed build left of a card", async () => {
    await writePost("queues", {});
    expect(await build()).toBe("");
    const first = await cards();
    for (const name of await readdir(inFolder(".cache/cards"))) {
      const bytes = await readFile(inFolder(".cache/cards", name));
      await writeFile(inFolder(".cache/cards", name), bytes.subarray(0, bytes.length / 2));
    }
    expect(await build()).toBe("");
    expect(await cards()).toEqual(first);
  });

  test("draws titles of any length and of many alphabets, and leaves pictographs out", async () => {
    const titles = {
      polish: "Żółć i gęś: Größe, Straße",
      russian: "Привет, очередь",
      greek: "Καλημέρα κόσμε",
      rocket: "To the moon 🚀👩‍🚀 and back",
      long: "A title without an end ".repeat(20),
      word: "x".repeat(500),
    };
    for (const [slug, title] of Object.entries(titles)) await writePost(slug, { title: JSON.stringify(title) });
    expect(await build()).toBe("");
    for (const slug of Object.keys(titles)) expect.soft(await cardOf(slug)).toMatch(`${slug}-`);
  });

  test("lets the site's card stand for a title that no font can write", async () => {
    await writePost("kafka", { title: "使用 Kafka 的经验" });
    await writePost("only-a-rocket", { title: '"🚀"' });
    expect(await build()).toBe("");
    expect(await cardOf("kafka")).toMatch(/^site-/);
    expect(await cardOf("only-a-rocket")).toMatch(/^site-/);
  });

  test("leaves a post the picture that its author gave it", async () => {
    await writePost("bay", { image: "bay.jpg", imageAlt: "A bay" });
    await writeFile(inFolder("posts/bay/bay.jpg"), await jpeg({ width: 1200, height: 630 }));
    expect(await build()).toBe("");
    expect(await cardOf("bay")).toMatch(/^bay-.*\.jpeg$/);
    expect(Object.keys(await cards()).filter((name) => name.startsWith("bay"))).toEqual([]);
  });
});
