/** Pictures as published pages, feeds and previews show them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type HTMLElement, parse } from "node-html-parser";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { writePictures } from "../../../build/pictures.ts";
import type { Post } from "../../../site/content/blog.ts";
import { loadBlog } from "../../../site/content/load.ts";
import { noMadeCache, openMadeCache } from "../../../site/made-cache.ts";
import { feedContent } from "../../../site/publish/feeds/content.ts";
import { type PublishedPictures, publishPictures } from "../../../site/publish/pictures.ts";
import { animatedGif, jpeg, png, svg } from "../pictures/drawn.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

interface Published extends PublishedPictures {
  readonly root: string;
  readonly post: Post;
  readonly page: HTMLElement;
}

/** Files beside a post of this text, which is public. */
async function publish(
  body: string,
  files: Files,
  options: { isPreview?: boolean; front?: Record<string, string> } = {},
): Promise<Published> {
  const beside = Object.entries(files).map(([name, bytes]) => [name.includes("/") ? name : `posts/x/${name}`, bytes]);
  const root = await siteInAFolder({ "posts/x/index.md": post(options.front, body), ...Object.fromEntries(beside) });
  const published = publishPictures(await loadBlog(root), options.isPreview ?? false);
  const [one] = published.blog.posts;
  if (!one) throw new Error("no post");
  return { ...published, root, post: one, page: parse((one.pageHtml ?? one.article.html).markup) };
}

const attributes = (page: HTMLElement, selector: string) => page.querySelector(selector)?.attributes ?? {};
const photo = { width: 2600, height: 1300 };

test("shows a photograph in two formats and every useful width, with its size and a placeholder", async () => {
  const { page } = await publish('![A bay](Große%20Bucht.jpg "The bay.")\n', { "Große Bucht.jpg": await jpeg(photo) });
  const [avif, webp, ...others] = page.querySelectorAll("picture > source");
  expect(others).toEqual([]);
  const widths = (source: HTMLElement | undefined) =>
    source
      ?.getAttribute("srcset")
      ?.split(", ")
      .map((one) => one.split(" ")[1]);
  expect([avif, webp].map(widths)).toEqual(Array(2).fill(["400w", "720w", "1240w", "2040w"]));
  expect([avif, webp].map((source) => source?.getAttribute("type"))).toEqual(["image/avif", "image/webp"]);
  expect(avif?.getAttribute("srcset")).toMatch(/^\/assets\/img\/gro-e-bucht-[0-9a-f]{10}-400\.avif 400w, /);
  expect(attributes(page, "picture > img")).toEqual({
    alt: "A bay",
    width: "2600",
    height: "1300",
    class: "dim",
    src: expect.stringMatching(/-1240\.jpeg$/),
    fetchpriority: "high",
  });
  expect(attributes(page, "figure > a.zoom")).toMatchObject({ href: expect.stringMatching(/-2040\.webp$/) });
  expect(attributes(page, "a.zoom > img.tiny:first-child")).toMatchObject({
    alt: "",
    src: expect.stringMatching(/^data:image\/webp;base64,/),
  });
  expect(page.querySelector("figcaption")?.text).toBe("The bay.");
});

test("loads the first picture of an article at once, and the others when they come near", async () => {
  const a = await jpeg({ width: 900, height: 300 });
  const { page } = await publish("![A](a.jpg)\n\n![B](a.jpg)\n\nText ![C](a.jpg).\n", { "a.jpg": a });
  const loading = page
    .querySelectorAll("picture > img")
    .map((img) => [img.getAttribute("loading"), img.getAttribute("fetchpriority")]);
  expect(loading).toEqual([
    [undefined, "high"],
    ["lazy", undefined],
    ["lazy", undefined],
  ]);
});

test.each([
  ["dark", "load.dark.png"],
  ["-dark", "load-dark.png"],
])("gives dark pages the picture of the same name with %s", async (_title, name) => {
  const size = { width: 1300, height: 650 };
  const { page, shown } = await publish("![Load](load.png)\n", {
    "load.png": await png(size),
    [name]: await png({ ...size, seed: 9 }),
  });
  const sources = page
    .querySelectorAll("picture > source")
    .map((source) => [
      source.getAttribute("media") ?? "",
      source.getAttribute("type") ?? "",
      /load-(?:dark-)?/.exec(source.getAttribute("srcset") ?? "")?.[0],
    ]);
  const dark = "(prefers-color-scheme: dark)";
  expect(sources).toEqual([
    [dark, "image/avif", "load-dark-"],
    [dark, "image/webp", "load-dark-"],
    [dark, "", "load-dark-"],
    ["", "image/avif", "load-"],
    ["", "image/webp", "load-"],
  ]);
  expect(page.querySelectorAll(".dim, .ground, .tiny")).toEqual([]);
  expect(shown.map(({ file }) => file)).toEqual(["posts/x/load.png", `posts/x/${name}`]);
});

test("keeps the place of a dark picture free that has another shape", async () => {
  const { page } = await publish("![A](a.svg)\n", {
    "a.svg": svg('viewBox="0 0 90 60"'),
    "a.dark.svg": svg('viewBox="0 0 90 45"'),
  });
  expect(attributes(page, "source")).toMatchObject({
    media: "(prefers-color-scheme: dark)",
    width: "90",
    height: "45",
  });
});

test("publishes drawings, animations and small files as they are", async () => {
  const small = await png({ width: 20, height: 20 });
  const files = { "a.svg": svg('viewBox="0 0 900 300"'), "b.gif": await animatedGif(), "c.png": small };
  const { page, shown, root } = await publish("![A](a.svg)\n\n![B](b.gif)\n\nPress ![C](c.png).\n", files);
  expect(page.querySelectorAll("picture, source")).toEqual([]);
  expect(
    page.querySelectorAll("img").map(({ attributes: { width, height, class: look } }) => [width, height, look]),
  ).toEqual([
    ["900", "300", "ground"],
    ["90", "60", "dim"],
    ["20", "20", "dim"],
  ]);
  expect(attributes(page, "a.zoom")).toMatchObject({
    href: expect.stringMatching(/^\/assets\/img\/a-[0-9a-f]{10}\.svg$/),
  });
  const written = await writtenFiles({ root, shown });
  expect([...written.values()]).toEqual(Object.values(files).map((bytes) => Buffer.from(bytes)));
});

test("neither dims nor grounds a drawing that has colours for dark pages", async () => {
  const style = "<style>@media (prefers-color-scheme: dark) { path { stroke: #fff } }</style>";
  const { page } = await publish("![A](a.svg)\n", { "a.svg": svg('viewBox="0 0 90 30"', style) });
  expect(attributes(page, "img")["class"]).toBeUndefined();
});

test("makes no link of a picture that is shown whole, or is in a link of the author's", async () => {
  const files = {
    "small.jpg": await jpeg({ width: 580, height: 200 }),
    "large.jpg": await jpeg({ width: 900, height: 200 }),
  };
  const { page } = await publish("![A](small.jpg)\n\n[![B](large.jpg)](https://a.example/)\n", files);
  expect(page.querySelectorAll("a").map((link) => link.getAttribute("href"))).toEqual(["https://a.example/"]);
  expect(page.querySelectorAll("picture")).toHaveLength(2);
});

test("tells browsers how wide each picture will be", async () => {
  const files = {
    "a.jpg": await jpeg({ width: 1300, height: 300 }),
    "b.jpg": await jpeg({ width: 500, height: 300 }),
    "c.jpg": await jpeg({ width: 250, height: 900 }),
  };
  const { page } = await publish("![A](a.jpg)\n\n![B](b.jpg)\n\n![C](c.jpg)\n", files);
  expect(page.querySelectorAll("source[type='image/avif']").map((source) => source.getAttribute("sizes"))).toEqual([
    "(min-width: 48em) 558px, (min-width: 570px) 527px, calc(100vw - 43px)",
    "(min-width: 543px) 500px, calc(100vw - 43px)",
    undefined,
  ]);
});

test("gives feeds one absolute picture of a sensible size", async () => {
  const { post: one } = await publish("![A](a.jpg)\n", { "a.jpg": await jpeg(photo) });
  const feed = parse(feedContent(one.article.html, "https://blog.example/posts/x/"));
  expect(attributes(feed, "figure > img:only-child")).toEqual({
    alt: "A",
    src: expect.stringMatching(/^https:\/\/blog\.example\/assets\/img\/a-[0-9a-f]{10}-1240\.jpeg$/),
    width: "1240",
    height: "620",
  });
});

test("shows the author's own files in a preview, and makes nothing", async () => {
  const files = {
    "a.jpg": await jpeg(photo),
    "b.png": await png({ width: 800, height: 400 }),
    "b.dark.png": await png({ width: 800, height: 400, seed: 5 }),
  };
  const { page, shown, cards } = await publish("![A](a.jpg)\n\n![B](b.png)\n", files, { isPreview: true });
  expect([...shown, ...cards]).toEqual([]);
  expect(page.querySelectorAll("img:not(.tiny)").map(({ attributes: { src, width } }) => [src, width])).toEqual([
    ["a.jpg", "2600"],
    ["b.png", "800"],
  ]);
  expect(attributes(page, "picture > source")).toEqual({ media: "(prefers-color-scheme: dark)", srcset: "b.dark.png" });
  expect(page.querySelectorAll("a.zoom").map((link) => link.getAttribute("href"))).toEqual(["a.jpg", "b.png"]);
});

test("puts nothing of a draft among the public files", async () => {
  const root = await siteInAFolder({
    "posts/x/index.md": post({ draft: "true", image: "a.jpg", imageAlt: "A" }, "![A](a.jpg)\n"),
    "posts/x/a.jpg": await jpeg({ width: 900, height: 300 }),
  });
  const { blog, shown, cards } = publishPictures(await loadBlog(root, { asOf: new Date() }), false);
  expect([...shown, ...cards]).toEqual([]);
  expect(blog.hidden[0]?.pageHtml?.markup).toContain('src="a.jpg"');
});

test("makes a picture of 1,200 pixels stand for an article elsewhere", async () => {
  const front = { image: "a.png", imageAlt: "A bay" };
  const { post: one, root, cards } = await publish("Text.\n", { "a.png": await png(photo) }, { front });
  expect(one.preview).toEqual({
    image: expect.stringMatching(/^\/assets\/img\/a-[0-9a-f]{10}-1200\.png$/),
    alt: "A bay",
    width: 1200,
    height: 600,
  });
  const written = await writtenFiles({ root, cards });
  expect([...written.keys()]).toEqual([one.preview?.image]);
});

test("finds pictures of the site itself, and of other posts", async () => {
  const bytes = await jpeg({ width: 900, height: 300 });
  const { shown } = await publish("![A](/img/a.jpg) ![B](/posts/y/b.jpg)\n", {
    "site/static/img/a.jpg": bytes,
    "posts/y/b.jpg": bytes,
    "posts/y/index.md": post(),
  });
  expect(shown.map(({ file }) => file)).toEqual(["site/static/img/a.jpg", "posts/y/b.jpg"]);
});

test("writes every file that a page names: of the right format, upright, without the camera's remarks", async () => {
  const bytes = await sharp(await jpeg({ width: 1300, height: 900 }))
    .withExif({ IFD0: { Copyright: "A. Writer" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { page, root, shown } = await publish("![A](a.jpg)\n", { "a.jpg": bytes });
  const written = await writtenFiles({ root, shown });
  const named = page.innerHTML.match(/\/assets\/img\/[\w.-]+/g) ?? [];
  expect([...written.keys()].sort()).toEqual([...new Set(named)].sort());
  for (const [url, content] of written) {
    const [, width, format] = /-(\d+)\.(\w+)$/.exec(url) ?? [];
    const found = await sharp(content).metadata();
    expect
      .soft([found.mediaType, found.width, found.exif, found.orientation], url)
      .toEqual([`image/${format}`, Number(width), undefined, undefined]);
    expect.soft(Math.abs(found.height - (Number(width) * 1300) / 900), url).toBeLessThanOrEqual(1);
  }
});

test("makes the same files again, to the byte", async () => {
  const { root, shown } = await publish("![A](a.png)\n", {
    "a.png": await png({ width: 500, height: 300, alpha: 200 }),
  });
  expect(await writtenFiles({ root, shown })).toEqual(await writtenFiles({ root, shown }));
});

test("makes a picture once that many posts show, and not again in the next build", async () => {
  const bytes = await jpeg({ width: 800, height: 500 });
  const { root, shown } = await publish("![A](a.jpg) ![B](b.jpg) ![C](a.jpg)\n", { "a.jpg": bytes, "b.jpg": bytes });
  const cache = await mkdtemp(path.join(tmpdir(), "firstflight-cache-"));
  onTestFinished(() => rm(cache, { recursive: true, force: true }));
  let made = 0;
  const kept = openMadeCache(cache, "pictures");
  const counting = {
    ...kept,
    recall: <T>(name: string, make: () => Promise<T>) =>
      kept.recall(name, () => {
        made += 1;
        return make();
      }),
  };
  const first = await writtenFiles({ root, shown, cache: counting });
  // One content under two names: made once, published under both.
  expect([...first.keys()].map((url) => url.replace(/-.*-/, " "))).toEqual(
    ["a", "b"].flatMap((name) =>
      ["400.avif", "800.avif", "400.webp", "800.webp", "800.jpeg"].map((end) => `/assets/img/${name} ${end}`),
    ),
  );
  expect(made).toBe(1);
  expect(await writtenFiles({ root, shown, cache: counting })).toEqual(first);
  expect(made).toBe(1);
});

interface Wish extends Partial<PublishedPictures> {
  readonly root: string;
  readonly cache?: typeof noMadeCache;
}

/** Contents by path from the origin, in the order in which they were written. */
async function writtenFiles({ root, shown = [], cards = [], cache = noMadeCache }: Wish): Promise<Map<string, Buffer>> {
  const written = new Map<string, Buffer>();
  await writePictures(
    { shown, cards },
    { root, cache, put: (url, content) => void written.set(url, Buffer.from(content)) },
  );
  return written;
}
