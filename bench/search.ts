/**
 * `npm run bench:search [-- --posts N]`: how long a reader who types a question waits for its first result, and what all of
 * it costs in bytes, code and headers included, in a real Chromium whose processor is four times slower, on loopback. And
 * how long a build takes to make the index and to look for related articles.
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
import { searchFiles } from "../site/publish/search-index.ts";
import { launchChromium } from "../tests/setup/browser.ts";
import { corpusPost } from "./corpus.ts";
import { copyDataWithoutPosts } from "./data-without-posts.ts";
import { serveSite } from "./reader/serve.ts";
import { markdownTable } from "./reader/table.ts";

const { values } = parseArgs({ options: { posts: { type: "string", default: "1000" } } });
const posts = Number(values.posts);
const slowDown = 4;
const rounds = 7;
const questions = [
  "transaction",
  "kafka",
  "partitoin",
  "idempotent retry",
  "slow flaky consumer lag",
  "durable queue retry timeout",
];

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
console.log(
  `\nIn the build: index ${timed(() => [...searchFiles(blog)])}, related articles ${timed(() => relatedPosts(blog))}`,
);

async function hostFiles(): Promise<{ readonly headers: string; readonly redirects: string }> {
  const [headers = "", redirects = ""] = await Promise.all(
    ["_headers", "_redirects"].map((name) => readFile(path.join(output, name), "utf8")),
  );
  return { headers, redirects };
}

/** Each round is a new visitor. */
async function ask(browser: Browser, question: string) {
  const cold: Waits[] = [];
  const last: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ baseURL: host.origin });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
    await session.send("Network.enable");
    await page.goto("/about/", { waitUntil: "networkidle" });
    let fetched = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (fetched += encodedDataLength));
    await page.keyboard.press("/");
    await page.locator("dialog input").waitFor();
    // Somebody needs that long from the key to the first letter.
    await page.waitForTimeout(500);
    cold.push(await page.evaluate(typeAndWait, [...question].slice(0, 2).join("")));
    for (let typed = 3; typed < question.length; typed += 1) {
      await page.evaluate(typeAndWait, question.slice(0, typed));
      await page.waitForTimeout(100);
    }
    last.push((await page.evaluate(typeAndWait, question)).first);
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".results li")].every((item) => item.querySelector("p")),
    );
    bytes = Math.max(bytes, fetched);
    await context.close();
  }
  return {
    question,
    "first result, ms": middleAndMost(cold.map(({ first }) => first)),
    "all results, ms": middleAndMost(cold.map(({ all }) => all)),
    "after the last letter, ms": middleAndMost(last),
    "bytes in all": bytes.toLocaleString("en"),
  };
}

/** Milliseconds from the keystroke. */
interface Waits {
  /** Until the title of a result stands in the document. */
  readonly first: number;
  /** Until the number of results does; infinite when that takes two seconds. */
  readonly all: number;
}

/** In the page. */
async function typeAndWait(question: string): Promise<Waits> {
  const input = document.querySelector<HTMLInputElement>("dialog input");
  const results = document.querySelector("dialog .results");
  const status = document.querySelector("dialog [role=status]");
  if (!input || !results || !status) throw new Error("no search");
  results.replaceChildren();
  status.textContent = "";
  const began = performance.now();
  let first = Number.POSITIVE_INFINITY;
  input.value = question;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => {
    const look = () => {
      const text = results.querySelector("a")?.textContent;
      if (text && text !== "…") first = Math.min(first, performance.now() - began);
      if (first < Number.POSITIVE_INFINITY && status.textContent) resolve({ first, all: performance.now() - began });
    };
    const changes = { childList: true, subtree: true, characterData: true };
    const observer = new MutationObserver(look);
    for (const element of [results, status]) observer.observe(element, changes);
    setTimeout(resolve, 2000, { first, all: Number.POSITIVE_INFINITY });
  });
}

/** Milliseconds of three runs. */
function timed(work: () => unknown): string {
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    work();
    return Math.round(performance.now() - began);
  });
  return `${times.join(", ")} ms`;
}

function middleAndMost(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [middle = Number.NaN, most = Number.NaN] = [sorted[sorted.length >> 1], sorted.at(-1)];
  return `${Math.round(middle)}, at most ${Math.round(most)}`;
}
