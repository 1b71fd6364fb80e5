import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { parse } from "node-html-parser";
import { beforeAll, expect, test } from "vitest";
import { doorPaths } from "../../build/functions.ts";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { loadBlog } from "../../site/content/load.ts";
import { isSiteAddress } from "../../site/content/site-addresses.ts";
import { outputProblems } from "../../site/links/check-output.ts";
import { readOutput } from "../../site/links/output.ts";
import { builtSite, root, siteUrl } from "../setup/site.ts";
import { type BuiltPage, builtFiles, builtPages } from "./built-site.ts";
import { validateHtml } from "./valid-html.ts";

let pages: readonly BuiltPage[];
let files: readonly string[];
beforeAll(async () => {
  [pages, files] = await Promise.all([builtPages(), builtFiles()]);
});

test("publishes the pages that readers know, and nothing of the repository besides", async () => {
  const urls = pages.map((page) => page.url);
  for (const url of ["/", "/posts/", "/tags/", "/contact/", "/contact/sent/", "/newsletter/", "/privacy/", "/404.html"])
    expect(urls).toContain(url);
  for (const post of (await loadBlog(root)).posts) expect(urls).toContain(post.url);
  expect(files.filter((file) => /README|CHANGELOG|\.11ty|node_modules|^docs\//.test(file))).toEqual([]);
});

test("keeps the list of the site's own addresses, which links are held against, complete", () => {
  const own = pages.map((page) => page.url).filter((url) => !url.startsWith("/posts/") || url === "/posts/");
  expect(own.filter((url) => !isSiteAddress(url))).toEqual([]);
});

test("gives every page one title, one first-level heading, a description and a language", () => {
  for (const { url, document } of pages) {
    expect
      .soft(
        document.querySelectorAll("title").map((title) => title.text.length > 0),
        url,
      )
      .toEqual([true]);
    expect.soft(document.querySelectorAll("h1"), url).toHaveLength(1);
    expect
      .soft(document.querySelector('meta[name="description"]')?.getAttribute("content")?.length, url)
      .toBeGreaterThan(20);
    expect.soft(document.querySelector("html")?.getAttribute("lang"), url).toBe("en");
  }
});

test("names the canonical address of every page that search engines may show", () => {
  for (const { url, document } of pages) {
    const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute("href");
    const hidden = document.querySelector('meta[name="robots"]') !== null;
    expect.soft(canonical, url).toBe(hidden ? undefined : siteUrl + url);
  }
});

test("has no link, picture, script or anchor that leads nowhere on the site itself", async () => {
  const output = await readOutput(root, path.relative(root, builtSite));
  const [headers, redirects] = await Promise.all(
    ["_headers", "_redirects"].map((file) => readFile(path.join(builtSite, file), "utf8")),
  );
  const { redirectFor } = await readNetlifyRules(root, { headers: headers ?? "", redirects: redirects ?? "" });
  const problems = output && (await outputProblems(output, { doors: await doorPaths(root), redirectFor }));
  expect(problems).toEqual([]);
});

test("loads nothing from anywhere else", () => {
  for (const { url, document } of pages) {
    const loaded = document
      .querySelectorAll("script[src], link[rel=stylesheet], img, iframe, source")
      .map((element) => element.getAttribute("src") ?? element.getAttribute("href") ?? "");
    expect
      .soft(
        loaded.filter((address) => !address.startsWith("/")),
        url,
      )
      .toEqual([]);
  }
});

test("is valid HTML on every page", async () => {
  for (const { url, text } of pages) expect.soft(await validateHtml(text), url).toEqual([]);
});

test("allows by its policy exactly the styles and scripts that its pages carry", async () => {
  const headers = await readFile(path.join(builtSite, "_headers"), "utf8");
  const policy = /Content-Security-Policy: (.*)/.exec(headers)?.[1] ?? "";
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  for (const { url, document } of pages) {
    expect.soft(document.querySelectorAll("[style], [onclick], [onload]"), url).toHaveLength(0);
    for (const element of document.querySelectorAll("style, script:not([src]):not([type='application/ld+json'])")) {
      const hash = createHash("sha256").update(element.rawText).digest("base64");
      expect.soft(policy, url).toContain(`'sha256-${hash}'`);
    }
  }
});

test("sends all styles and the first 1,200 words of every article in the first network round trip, and all of most", () => {
  const articles = pages.filter(({ document }) => document.querySelector("article.post"));
  for (const { url, document } of pages) {
    expect.soft(document.querySelectorAll("link[rel=stylesheet], script[src]:not([defer])"), url).toHaveLength(0);
  }
  for (const { url, text } of articles) {
    const arrived = firstRoundTrip(text);
    const [, article = ""] = arrived.split('<div class="prose">');
    const isWhole = arrived.length === text.length;
    expect.soft(isWhole || parse(article).text.split(/\s+/).length > 1_200, url).toBe(true);
  }
  expect(
    articles.filter(({ text }) => brotliCompressSync(text).length <= firstRoundTripBytes).length,
  ).toBeGreaterThanOrEqual(4);
});

/** Ten packets of 1,460 bytes (RFC 6928), 1,000 of which stay for response headers. */
const firstRoundTripBytes = 13_600;

function firstRoundTrip(text: string): string {
  const arrived = brotliCompressSync(text).subarray(0, firstRoundTripBytes);
  return brotliDecompressSync(arrived, { finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString();
}

test("lists every article in a feed whose entries are complete and whose addresses exist", async () => {
  const { posts } = await loadBlog(root);
  const feed = parse(await readFile(path.join(builtSite, "feed.xml"), "utf8"));
  const entries = feed.querySelectorAll("entry");
  expect(entries.map((entry) => entry.querySelector("id")?.text)).toEqual(posts.map((post) => siteUrl + post.url));
  for (const entry of entries) {
    const content = parse(parse(entry.querySelector("content")?.rawText ?? "").text);
    expect(content.text.length).toBeGreaterThan(1_000);
    for (const link of content.querySelectorAll("a[href]"))
      expect.soft(link.getAttribute("href")).toMatch(/^https?:\/\//);
  }
});

test("lists every page for search engines in the sitemap", async () => {
  const sitemap = await readFile(path.join(builtSite, "sitemap.xml"), "utf8");
  const listed = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address).sort();
  const shown = pages
    .filter(({ document }) => !document.querySelector('meta[name="robots"]'))
    .map(({ url }) => siteUrl + url);
  expect(listed).toEqual(shown.sort());
});

test("leaves out facts that the owner has not filled in, without a trace", () => {
  for (const { url, document } of pages) {
    document.querySelector(".prose")?.remove();
    expect.soft(document.querySelector("body")?.text, url).not.toMatch(/undefined|\bnull\b|\[object|NaN/);
    expect
      .soft(
        document.querySelectorAll("h2, h3, li, dd, p").filter((element) => element.innerHTML.trim() === ""),
        url,
      )
      .toEqual([]);
  }
});
