/** What no change may make worse: bytes, requests, policy, links and validity, over every page and over articles that are hard on them. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { buildReaderSite, longUrl, overdoneUrl, referenceUrl, tortureUrl } from "../../bench/reader/site.ts";
import { doorPaths } from "../../build/functions.ts";
import { type NetlifyRules, readNetlifyRules } from "../../build/netlify-rules.ts";
import { prefetchRules } from "../../site/assets/prefetch.ts";
import { budgets } from "../../site/budgets.ts";
import { outputProblems } from "../../site/links/check-output.ts";
import { readOutput } from "../../site/links/output.ts";
import { brotli, firstFlightOf, headerBytes } from "../../site/weight/bytes.ts";
import { loadsOf } from "../../site/weight/loads.ts";
import { root, siteUrl } from "../setup/site.ts";
import { type BuiltPage, builtPages } from "./built-site.ts";
import { validateHtml } from "./valid-html.ts";

const folder = path.join(root, ".cache/test/reader");
let rules: NetlifyRules;
let pages: readonly (BuiltPage & Weight)[];

interface Weight {
  readonly sent: Buffer;
  readonly headers: number;
  readonly isArticle: boolean;
}

beforeAll(async () => {
  await buildReaderSite(folder, siteUrl);
  const [headers = "", redirects = ""] = await Promise.all(
    ["_headers", "_redirects"].map((file) => readFile(path.join(folder, file), "utf8")),
  );
  rules = await readNetlifyRules(root, { headers, redirects });
  pages = await Promise.all((await builtPages(folder)).map(weighed));
});

async function weighed(page: BuiltPage): Promise<BuiltPage & Weight> {
  const isArticle = page.document.querySelector("article.post") !== null;
  return { ...page, isArticle, sent: await brotli(page.text), headers: headerBytes(rules.headersFor(page.url)) };
}

function pageAt(url: string): BuiltPage & Weight {
  const page = pages.find((page) => page.url === url);
  if (!page) throw new Error(`no page at ${url}`);
  return page;
}

const wordsOf = (markup: string) => parse(markup).text.split(/\s+/).filter(Boolean).length;

test("keeps the home page, lists and all other pages that are no articles within their bytes, headers included", () => {
  const light = pages.filter(({ isArticle }) => !isArticle);
  expect(light.length).toBeGreaterThan(20);
  for (const { url, sent, headers } of light)
    expect.soft(sent.length + headers, url).toBeLessThanOrEqual(budgets.listMaxBytes);
});

test("keeps an article of 1,900 words with everything in it within its bytes, headers included", () => {
  const { document, sent, headers } = pageAt(referenceUrl);
  expect(sent.length + headers).toBeLessThanOrEqual(budgets.articleMaxBytes);
  const { "@graph": things } = JSON.parse(
    document.querySelector('script[type="application/ld+json"]')?.rawText ?? "{}",
  );
  expect(things[0].wordCount).toBeGreaterThanOrEqual(budgets.articleWords);
  expect(document.querySelectorAll("nav[aria-label='Contents'] a").length).toBeGreaterThanOrEqual(7);
  expect(document.querySelectorAll(".prose pre code span").length).toBeGreaterThan(40);
  for (const [selector, count] of Object.entries({ "figure.code": 4, table: 1, picture: 1, ".footnotes li": 3 }))
    expect.soft(document.querySelectorAll(`.prose ${selector}`), selector).toHaveLength(count);
});

test("sends all styles and the first 1,200 words of every article in the first flight, however long it is", () => {
  const articles = pages.filter(({ isArticle }) => isArticle);
  expect(wordsOf(pageAt(longUrl).document.querySelector(".prose")?.innerHTML ?? "")).toBeGreaterThan(5_000);
  for (const { url, text, sent, headers } of articles) {
    const arrived = firstFlightOf(sent, headers);
    const [head = "", article = ""] = arrived.split('<div class="prose e-content">');
    expect.soft(head.match(/<style>/g)?.length, url).toBe(text.match(/<style>/g)?.length);
    const isEnough = arrived.length === text.length || wordsOf(article) >= budgets.firstFlightWords;
    expect.soft(isEnough, `${url}: ${wordsOf(article)} words`).toBe(true);
  }
});

test("loads scripts that come after the text, the icon and the page's own pictures, and nothing that the text waits for", () => {
  for (const { url, text, document, isArticle } of pages) {
    const { requests, blocking } = loadsOf(text);
    const pictures = new Set(document.querySelectorAll("img").map((img) => img.getAttribute("src")));
    const scripts = requests.filter(isScript);
    const others = requests.filter((request) => !pictures.has(request) && !isScript(request));
    expect.soft(blocking, url).toEqual([]);
    // Browsers ask for the manifest once a page is there, and only the first page has one.
    expect.soft(others, url).toEqual(url === "/" ? ["/icon.svg", "/site.webmanifest"] : ["/icon.svg"]);
    expect.soft(scripts.length, url).toBeLessThanOrEqual(isArticle ? 1 : 2);
  }
});

test("keeps the script of every page, and the tool that one page may have beside it, within their bytes", async () => {
  const weights = new Map<string, number>();
  for (const script of new Set(pages.flatMap(({ text }) => loadsOf(text).requests.filter(isScript)))) {
    weights.set(script, (await brotli(await readFile(path.join(folder, script)))).length);
  }
  for (const { url, text } of pages) {
    const [ofEveryPage, tool] = loadsOf(text).requests.filter(isScript);
    expect.soft(ofEveryPage, url).toMatch(/^\/assets\/page-/);
    expect.soft(weights.get(ofEveryPage ?? ""), url).toBeLessThanOrEqual(budgets.scriptMaxBytes);
    if (tool) expect.soft(weights.get(tool), url).toBeLessThanOrEqual(budgets.toolMaxBytes);
  }
});

const isScript = (address: string) => /^\/assets\/\w+-\w+\.js$/.test(address);

test("loads nothing from any other site, in no size of a picture and in no style", () => {
  for (const { url, text, document } of pages) {
    const elsewhere = loadsOf(text).addresses.filter(
      (address) => !address.startsWith("data:") && new URL(address, siteUrl + url).origin !== siteUrl,
    );
    expect.soft(elsewhere, url).toEqual([]);
    const styles = document.querySelectorAll("style").map((style) => style.rawText);
    expect.soft(styles.join(""), url).not.toMatch(/url\(|@import/);
  }
});

const hashesIn = (policy: string) => new Set([...policy.matchAll(/'sha256-[^']+'/g)].map(([hash]) => hash));
const inline = "style, script:not([src]):not([type='application/ld+json'])";
/** The page script puts the rules of fetching ahead in. */
const carriedBy = (some: readonly BuiltPage[]) =>
  new Set([
    ...some.flatMap(({ document }) => document.querySelectorAll(inline).map(({ rawText }) => hashOf(rawText))),
    hashOf(prefetchRules),
  ]);

test("allows by its policies exactly the styles and scripts that are carried: everywhere, in an area, by an article", () => {
  const policyOf = (url: string) => rules.headersFor(url)["Content-Security-Policy"] ?? "";
  const [everywhere, article] = [hashesIn(policyOf("/nowhere")), pageAt(referenceUrl)];
  expect(everywhere).toEqual(carriedBy(pages));
  expect(hashesIn(policyOf(referenceUrl))).toEqual(carriedBy([article]));
  const areas = Map.groupBy(
    pages.filter(({ url }) => /^\/.+\/$/.test(url)),
    ({ url }) => url.split("/")[1],
  );
  for (const [area, some] of areas) {
    const ofArea = hashesIn(policyOf(`/${area}/nowhere`));
    expect.soft(ofArea, area).toEqual(carriedBy(some));
    for (const page of some) {
      const own = hashesIn(policyOf(page.url));
      expect.soft(carriedBy([page]).isSubsetOf(own), page.url).toBe(true);
      // Where a host sends the policies of all rules, each must allow what the narrowest does.
      expect.soft(own.isSubsetOf(ofArea) && ofArea.isSubsetOf(everywhere), page.url).toBe(true);
    }
  }
});

test("forbids by every policy what nobody needs, and allows the page that stands for one that is not there", () => {
  const notFound = carriedBy([pageAt("/404.html")]);
  for (const policy of new Set(pages.map(({ url }) => rules.headersFor(url)["Content-Security-Policy"] ?? ""))) {
    expect.soft(notFound.isSubsetOf(hashesIn(policy)), policy).toBe(true);
    expect.soft(policy).toMatch(/^default-src 'none';/);
    expect.soft(policy).not.toMatch(/unsafe|https?:|\*|blob:/);
  }
});

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

test("says on the colophon what its pages weigh", () => {
  const rows = pageAt("/colophon/").document.querySelectorAll("tbody tr");
  expect(rows).toHaveLength(4);
  for (const row of rows) {
    const { sent, headers } = pageAt(row.querySelector("a")?.getAttribute("href") ?? "");
    expect.soft(row.querySelector("td")?.text).toBe((sent.length + headers).toLocaleString("en"));
  }
  expect(rows[3]?.querySelector("a")?.getAttribute("href")).toBe(longUrl);
  expect(pageAt("/colophon/").document.querySelector("main")?.text).toContain(`made ${pages.length} pages`);
});

test("has no style and no script in an attribute", () => {
  for (const { url, document } of pages) {
    const names = document.querySelectorAll("*").flatMap((element) => Object.keys(element.attributes));
    const forbidden = names.filter((name) => name === "style" || name.startsWith("on"));
    expect.soft(forbidden, url).toEqual([]);
    expect.soft(document.querySelectorAll('a[href^="javascript:"]'), url).toHaveLength(0);
  }
});

test("has no link, picture, script or anchor that leads nowhere on the site itself", async () => {
  const output = await readOutput(root, path.relative(root, folder));
  const host = { doors: await doorPaths(root), redirectFor: rules.redirectFor };
  expect(output && (await outputProblems(output, host))).toEqual([]);
});

test("is valid HTML on every page", async () => {
  expect(pages.map(({ url }) => url)).toEqual(expect.arrayContaining([overdoneUrl, tortureUrl]));
  for (const { url, text } of pages) expect.soft(await validateHtml(text), url).toEqual([]);
}, 90_000);
