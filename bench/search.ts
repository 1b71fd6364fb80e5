/**
 * `npm run bench:search [-- --posts N]`: how long a reader who types a question waits for its first result, and what it
 * costs in bytes, in a real Chromium whose processor is four times slower, on loopback. And how long a build looks for related articles.
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
const questions = ["transaction", "idempotent retry", "partitoin", "kafka", "slow flaky consumer lag"];

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
  const last: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ baseURL: host.origin });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
    await session.send("Network.enable");
    await page.goto("/about/");
    bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.keyboard.press("/");
    await page.locator("dialog input").waitFor();
    // Somebody needs that long from the key to the first letter.
    await page.waitForTimeout(500);
    first.push(await page.evaluate(typeAndWait, [...question].slice(0, 2).join("")));
    for (let typed = 3; typed < question.length; typed += 1) {
      await page.evaluate(typeAndWait, question.slice(0, typed));
      await page.waitForTimeout(100);
    }
    last.push(await page.evaluate(typeAndWait, question));
    await page.waitForTimeout(500);
    await context.close();
  }
  return {
    question,
    "two letters, ms": Math.round(median(first)),
    "last letter, ms": Math.round(median(last)),
    "all that was fetched while typing, bytes": bytes.toLocaleString("en"),
  };
}

/** In the page: milliseconds from the keystroke until the title of the first result stands in the document; at most a second. */
async function typeAndWait(question: string): Promise<number> {
  const input = document.querySelector<HTMLInputElement>("dialog input");
  const results = document.querySelector("dialog .results");
  if (!input || !results) throw new Error("no search");
  results.replaceChildren();
  const began = performance.now();
  input.value = question;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => {
    const look = () => {
      const text = results.querySelector("a")?.textContent;
      if (text && text !== "…") resolve(performance.now() - began);
    };
    new MutationObserver(look).observe(results, { childList: true, subtree: true, characterData: true });
    setTimeout(resolve, 1000, Number.POSITIVE_INFINITY);
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
