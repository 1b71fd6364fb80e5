/** `npm run bench:reader -- [--lighthouse] [--nu] [PATH …]`: what a reader gets, page by page, as Markdown. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { readNetlifyRules } from "../build/netlify-rules.ts";
import { pageAt, stylesOf, weighPage } from "../build/weigh.ts";
import { brotli, headerBytes } from "../site/weight/bytes.ts";
import { loadsOf } from "../site/weight/loads.ts";
import { chromiumPath, launchChromium } from "../tests/setup/browser.ts";
import { lighthouseScores, nuMessages } from "./reader/heavy-tools.ts";
import { serveSite } from "./reader/serve.ts";
import { buildReaderSite, longUrl, overdoneUrl, referenceUrl } from "./reader/site.ts";
import { markdownTable } from "./reader/table.ts";
import { visit } from "./reader/visit.ts";

const pages = [
  "/",
  "/work/",
  "/about/",
  "/cv/",
  "/posts/",
  "/tags/",
  "/series/",
  "/search/",
  "/contact/",
  "/newsletter/",
  "/privacy/",
  "/colophon/",
  "/404.html",
  referenceUrl,
  longUrl,
  overdoneUrl,
];

const flag = { type: "boolean", default: false } as const;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { lighthouse: flag, nu: flag } });
const root = path.resolve(import.meta.dirname, "..");
const folder = await mkdtemp(path.join(tmpdir(), "firstflight-bench-"));
const fileOf = (url: string) => path.join(folder, url.endsWith("/") ? `${url}index.html` : url);

await buildReaderSite(folder);
const someOf = await Promise.all(["/work/", "/tags/", "/series/", "/technologies/"].map(firstBelow));
const urls = positionals.length > 0 ? positionals : [...pages, ...someOf.flat()];
const built = async (name: string) => readFile(path.join(folder, name), "utf8");
const rules = await readNetlifyRules(root, { headers: await built("_headers"), redirects: await built("_redirects") });
const [host, browser] = await Promise.all([serveSite(folder, rules), launchChromium()]);
try {
  console.log(
    "What travels, in bytes as brotli; the page with its response headers, and 14,600 are the first flight\n",
  );
  console.log(markdownTable(await rows(weigh)));
  console.log(
    `\nIn Chromium ${browser.version()}; times as on a slow phone (150 ms, 1.6 Mbit/s, a quarter of the processor)\n`,
  );
  console.log(markdownTable(await rows(look)));
  await heavy();
} finally {
  await Promise.all([browser.close(), host.close()]);
  await rm(folder, { recursive: true, force: true });
}

/** The first of the pages that the site has below a path, as an example of its kind. */
async function firstBelow(url: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(folder, url), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && entry.name !== "page").map(({ name }) => name);
  return names
    .sort()
    .slice(0, 1)
    .map((name) => `${url}${name}/`);
}

type Row = Readonly<Record<string, string | number>>;

async function rows(rowOf: (url: string) => Promise<Row>): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (const url of urls) all.push({ page: url, ...(await rowOf(url)) });
  return all;
}

async function weigh(url: string): Promise<Row> {
  const page = await pageAt(folder, url);
  const headers = headerBytes(rules.headersFor(url));
  const { bytes, firstFlightShare, requests, blockingRequests } = await weighPage(page, url, headers);
  const scripts = await Promise.all(
    loadsOf(page)
      .requests.filter((request) => request.endsWith(".js"))
      .map((script) => brotliBytes(fileOf(script))),
  );
  return {
    bytes: number(bytes),
    "first flight": firstFlightShare === 1 ? "all" : `${Math.floor(firstFlightShare * 100)} %`,
    styles: number((await brotli(stylesOf(page))).length),
    scripts: number(scripts.reduce((sum, script) => sum + script, 0)),
    requests,
    blocking: blockingRequests,
  };
}

async function brotliBytes(file: string): Promise<number> {
  return (await brotli(await readFile(file))).length;
}

async function look(url: string): Promise<Row> {
  const seen = await visit(browser, host.origin + url);
  for (const problem of [...seen.messages, ...seen.findings, ...seen.foreign]) console.error(`${url} ${problem}`);
  return {
    "requests made": seen.requests,
    elsewhere: seen.foreign.length,
    "console messages": seen.messages.length,
    "LCP ms": Math.round(seen.lcpMs),
    CLS: seen.cls.toFixed(3),
    "axe findings, 390 and 1280, light and dark": seen.findings.length,
    "sideways at 320 px": seen.isSideways ? "yes" : "no",
    "characters a line at 390": seen.charactersPerLine["390"] ?? "–",
    "at 1280": seen.charactersPerLine["1280"] ?? "–",
  };
}

async function heavy(): Promise<void> {
  if (values.lighthouse) {
    console.log("\nLighthouse 13.5.0, a phone, simulated\n");
    console.log(markdownTable(await rows(scores)));
  } else console.log("\nLighthouse: skipped; ask for it with -- --lighthouse");
  if (values.nu) {
    const messages = await nuMessages(urls.map(fileOf), process.env);
    console.log("\nNu HTML checker 26.9.27, errors and warnings\n");
    console.log(markdownTable(urls.map((url) => verdict(url, messages.get(fileOf(url)) ?? []))));
  } else console.log("\nNu HTML checker: skipped; ask for it with -- --nu (needs Java)");
}

/** What the checker says of styles counts apart: it does not know the newer ones. */
function verdict(url: string, messages: readonly string[]): Row {
  for (const message of messages) console.error(`${url} ${message}`);
  const aboutStyles = messages.filter((message) => /^\d+: CSS/.test(message)).length;
  return { page: url, HTML: messages.length - aboutStyles, CSS: aboutStyles };
}

async function scores(url: string): Promise<Row> {
  const found = await lighthouseScores(host.origin + url, { ...process.env, CHROME_PATH: await chromiumPath() });
  const [performance = "failed", accessibility = "", practices = "", seo = ""] = found ?? [];
  return { performance, accessibility, "best practices": practices, SEO: seo };
}

function number(n: number): string {
  return n.toLocaleString("en");
}
