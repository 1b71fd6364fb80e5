/** What a search of a large blog costs its reader, in bytes on the wire, in a real Chromium; and what it does not wait for. */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { corpusPost } from "../../bench/corpus.ts";
import { type Host, serveSite } from "../../bench/reader/serve.ts";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { loadContent } from "../../site/content/load.ts";
import { searchFiles } from "../../site/publish/search-index.ts";
import { launchChromium } from "../setup/browser.ts";
import { builtSite, root } from "../setup/site.ts";
import { siteInAFolder } from "../site/site-in-a-folder.ts";

const posts = 1_000;
const folder = path.join(root, ".cache/test/search-cost");
let host: Host;
let browser: Browser;

/** The site of this repository, with the index of a blog that is much larger. */
beforeAll(async () => {
  const corpus = Array.from({ length: posts }, (_, n) => corpusPost(n));
  const content = await siteInAFolder(
    Object.fromEntries(corpus.map(({ slug, text }) => [`posts/${slug}.md`, text] as const)),
  );
  const { blog } = await loadContent(content, { asOf: new Date("2026-11-24") });
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
  await page.goto("/about/", { waitUntil: "networkidle" });
  const names: string[] = [];
  const cost = { bytes: 0 };
  page.on("request", (request) => names.push(path.basename(new URL(request.url()).pathname)));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    cost.bytes += encodedDataLength;
  });
  await page.keyboard.press("/");
  await page.locator("dialog select").first().waitFor();
  return { page, names, cost };
}

const titles = (page: Page) => page.locator(".results a").allTextContents();

test("costs at most 10 kB of code", async () => {
  const { names, cost } = await openSearch();
  const root = (await readFile(path.join(folder, "search/index/root.json"))).length;
  expect(names).toEqual([expect.stringMatching(/^search-\w+\.js$/), "root.json"]);
  expect(root).toBeGreaterThan(20_000);
  const code = await fetch(`${host.origin}/assets/${names[0]}`);
  expect(Number(code.headers.get("content-length") ?? 0)).toBeLessThanOrEqual(10_000);
  expect(cost.bytes).toBeLessThanOrEqual(25_000);
});

test.each(["transaction", "partitoin", "kafka sql cache", "slow flaky consumer lag", "durable queue retry timeout"])(
  "answers %j, typed letter by letter over 1,000 posts, for at most 60 kB in all: code, headers and excerpts",
  async (question) => {
    const { page, cost } = await openSearch();
    await page.locator("dialog input").pressSequentially(question, { delay: 40 });
    await expect.poll(() => page.locator(".results li p").count()).toBe(5);
    expect(await page.locator(".results mark").count()).toBeGreaterThan(0);
    expect(await page.locator("dialog [role=status]").textContent()).toMatch(/^[1-9]\d* article/);
    expect(cost.bytes).toBeLessThanOrEqual(60_000);
  },
);

test.each(["tr", "ka"])(
  "shows first results of %j, a title's or a tag's, before any file of words has come",
  async (text) => {
    const { page, names } = await openSearch();
    const waiting: (() => void)[] = [];
    await page.route("**/search/index/w*.txt", (route) => waiting.push(() => void route.continue()));
    await page.locator("dialog input").fill(text);
    await expect.poll(async () => (await titles(page)).length).toBe(5);
    await expect.poll(() => waiting.length).toBe(1);
    expect(names.filter((name) => /^[hd]\d/.test(name))).toEqual([]);
    const status = page.locator("dialog [role=status]");
    expect(await status.textContent()).toBe("");
    for (const go of waiting) go();
    await expect.poll(() => status.textContent()).toMatch(/^\d+ articles$/);
  },
);
