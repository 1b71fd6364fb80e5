/**
 * `npm run bench:search [-- --posts N]`: how long a reader waits for the first result of a search, and what it costs in bytes,
 * in a real Chromium whose processor is four times slower, on loopback. And how long a build looks for related articles.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { generatedIn } from "../build/generated.ts";
import { readNetlifyRules } from "../build/netlify-rules.ts";
import { buildSite } from "../build/site.ts";
import { relatedPosts } from "../site/publish/related.ts";
import { launchChromium } from "../tests/setup/browser.ts";
import { corpusPost } from "./corpus.ts";
import { copyDataWithoutPosts } from "./data-without-posts.ts";
import { serveSite } from "./reader/serve.ts";
import { markdownTable } from "./reader/table.ts";

const { values } = parseArgs({ options: { posts: { type: "string", default: "1000" } } });
const posts = Number(values.posts);
const slowDown = 4;
const rounds = 5;
const questions = ["transaction", "idempotent retry", "partitoin", "t", "slow flaky consumer lag"];

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".cache/bench/search");
const output = path.join(folder, "_site");

await rm(path.join(folder, "posts"), { recursive: true, force: true });
await mkdir(path.join(folder, "posts"), { recursive: true });
await copyDataWithoutPosts(root, folder);
for (let n = 0; n < posts; n += 1) {
  const { slug, text } = corpusPost(n);
  await writeFile(path.join(folder, `posts/${slug}.md`), text);
}
const { blog } = await buildSite({
  root,
  content: folder,
  output,
  generated: generatedIn(folder),
  cache: path.join(folder, ".cache"),
  isPreview: false,
});

console.log(`${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${posts} posts\n`);
const rules = await readNetlifyRules(root, await hostFiles());
const [host, browser] = await Promise.all([serveSite(output, rules), launchChromium()]);
try {
  const rows = [];
  for (const question of questions) rows.push(await ask(browser, question));
  console.log(markdownTable(rows));
} finally {
  await Promise.all([browser.close(), host.close()]);
}
console.log(`\nRelated articles of all ${posts}: ${related().join(", ")} ms`);

async function hostFiles(): Promise<{ readonly headers: string; readonly redirects: string }> {
  const [headers = "", redirects = ""] = await Promise.all(
    ["_headers", "_redirects"].map((name) => readFile(path.join(output, name), "utf8")),
  );
  return { headers, redirects };
}

/** Median of the rounds; each is a new visitor. */
async function ask(browser: Browser, question: string) {
  const first: number[] = [];
  const later: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ baseURL: host.origin });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
    await session.send("Network.enable");
    await page.goto("/search/");
    bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.locator("#q").focus();
    // Somebody needs that long from the field to the first letters.
    await page.waitForTimeout(1000);
    first.push(await page.evaluate(typeAndWait, question));
    later.push(await page.evaluate(typeAndWait, question));
    await context.close();
  }
  return {
    question,
    "first result, ms": Math.round(median(first)),
    "asked again, ms": Math.round(median(later)),
    "all that was fetched, bytes": bytes.toLocaleString("en"),
  };
}

/** In the page: milliseconds from the keystroke until the title of the first result is there to be painted. */
async function typeAndWait(question: string): Promise<number> {
  const input = document.querySelector<HTMLInputElement>("#q");
  if (!input) throw new Error("no search field");
  document.querySelector(".results")?.replaceChildren();
  const began = performance.now();
  input.value = question;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => {
    const look = () => {
      const text = document.querySelector(".results a")?.textContent;
      if (text && text !== "…") resolve(performance.now() - began);
      else requestAnimationFrame(look);
    };
    look();
  });
}

function related(): readonly number[] {
  return Array.from({ length: 3 }, () => {
    const began = performance.now();
    relatedPosts(blog);
    return Math.round(performance.now() - began);
  });
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
