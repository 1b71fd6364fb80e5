/** What a search of a large blog costs its reader, in bytes on the wire, in a real Chromium; and what it does not wait for. */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { corpusPost } from "../../bench/corpus.ts";
import { copyDataWithoutPosts } from "../../bench/data-without-posts.ts";
import { type Host, serveSite } from "../../bench/reader/serve.ts";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { loadContent } from "../../site/content/load.ts";
import { searchFiles } from "../../site/publish/search-index.ts";
import { launchChromium } from "../setup/browser.ts";
import { builtSite, root } from "../setup/site.ts";

const posts = 1_000;
/** Parsing a thousand posts takes longer than all that is tested here. */
const cache = path.join(root, ".cache/test/search-cost");
const folder = path.join(cache, "_site");
let host: Host;
let browser: Browser;

/** The site of this repository, with the index of a blog that is much larger. */
beforeAll(async () => {
  const content = path.join(cache, "content");
  await rm(content, { recursive: true, force: true });
  await mkdir(path.join(content, "posts"), { recursive: true });
  await copyDataWithoutPosts(root, content);
  for (let n = 0; n < posts; n += 1) {
    const { slug, text } = corpusPost(n);
    await writeFile(path.join(content, `posts/${slug}.md`), text);
  }
  const { blog } = await loadContent(content, { asOf: new Date("2026-11-24"), cache });
  if (!blog) throw new Error("the corpus has mistakes");
  await rm(folder, { recursive: true, force: true });
  await cp(builtSite, folder, { recursive: true });
  await rm(path.join(folder, "search/index"), { recursive: true });
  await mkdir(path.join(folder, "search/index"));
  for (const [name, text] of searchFiles(blog)) await writeFile(path.join(folder, name), text);
  const [headers = "", redirects = ""] = await Promise.all(
    ["_headers", "_redirects"].map((name) => readFile(path.join(folder, name), "utf8")),
  );
  [host, browser] = await Promise.all([
    serveSite(folder, await readNetlifyRules(root, { headers, redirects })),
    launchChromium(),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await host?.close();
});

/** A page with the search open before the first letter, and what it has fetched since somebody meant to search. */
async function openSearch() {
  const context = await browser.newContext({ baseURL: host.origin });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await page.clock.install({ time: 0 });
  await page.goto("/about/", { waitUntil: "networkidle" });
  const names = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on("Network.requestWillBeSent", ({ requestId, request }) =>
    names.set(requestId, path.basename(new URL(request.url).pathname)),
  );
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    sizes.set(names.get(requestId) ?? "", encodedDataLength),
  );
  await page.keyboard.press("/");
  await page.locator("dialog select").first().waitFor();
  return { page, sizes };
}

const titles = (page: Page) => page.locator(".results a").allTextContents();

const total = (sizes: ReadonlyMap<string, number>) => [...sizes.values()].reduce((sum, size) => sum + size, 0);

test("costs at most 10 kB of code, and one file more before the first letter", async () => {
  const { sizes } = await openSearch();
  await expect.poll(() => [...sizes.keys()]).toEqual([expect.stringMatching(/^search-\w+\.js$/), "root.json"]);
  const [code = 0] = sizes.values();
  expect(code).toBeGreaterThan(1_000);
  expect(code).toBeLessThanOrEqual(10_000);
});

test.each(["transaction", "partitoin", "kafka sql cache", "slow flaky consumer lag", "durable queue retry timeout"])(
  "answers %j, typed letter by letter over 1,000 posts, for at most 60 kB in all: code, headers and excerpts",
  async (question) => {
    const { page, sizes } = await openSearch();
    // However slow this machine is, the typist does not pause before the last letter.
    await page.clock.pauseAt(60_000);
    await page.locator("dialog input").pressSequentially(question, { delay: 40 });
    const withoutExcerpt = page.locator(".results li:not(:has(p))");
    await expect.poll(() => page.clock.runFor(1_000).then(() => withoutExcerpt.count())).toBe(0);
    expect(await page.locator(".results mark").count()).toBeGreaterThan(0);
    expect(await page.locator("dialog [role=status]").textContent()).toMatch(/^[1-9]\d* article/);
    expect([...sizes.keys()].filter((name) => /^d\d/.test(name)).length).toBeGreaterThan(3);
    expect(total(sizes)).toBeLessThanOrEqual(60_000);
  },
);

test.each(["tr", "ka"])(
  "shows first results of %j, a title's or a tag's, before any file of words has come",
  async (text) => {
    const { page, sizes } = await openSearch();
    const waiting: (() => void)[] = [];
    await page.route("**/search/index/w*.txt", (route) => waiting.push(() => void route.continue()));
    await page.locator("dialog input").fill(text);
    await expect.poll(async () => (await titles(page)).length).toBe(5);
    await expect.poll(() => waiting.length).toBe(1);
    expect(sizes.size).toBe(2);
    const status = page.locator("dialog [role=status]");
    expect(await status.textContent()).toBe("");
    await page.keyboard.press("ArrowDown");
    const [first] = await titles(page);
    for (const go of waiting) go();
    await expect.poll(() => status.textContent()).toMatch(/^\d+ articles$/);
    // Nothing moves under a reader who has gone to a result.
    expect(await page.locator(".results a:focus").textContent()).toBe(first);
    expect(new Set(await titles(page)).size).toBe(10);
  },
);
