import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { loadBlog } from "../../site/content/load.ts";
import { isSiteAddress } from "../../site/content/site-addresses.ts";
import { builtSite, root, siteUrl } from "../setup/site.ts";
import { type BuiltPage, builtFiles, builtPages } from "./built-site.ts";

let pages: readonly BuiltPage[];
let files: readonly string[];
beforeAll(async () => {
  [pages, files] = await Promise.all([builtPages(), builtFiles()]);
});

test("publishes the pages that readers know, and nothing of the repository besides", async () => {
  const urls = pages.map((page) => page.url);
  for (const url of [
    "/",
    "/posts/",
    "/tags/",
    "/contact/",
    "/contact/sent/",
    "/newsletter/",
    "/privacy/",
    "/colophon/",
    "/404.html",
  ])
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

test("has one sign-up form on every page but those for writing, those after a form, and the one at no address", () => {
  const without = ["/404.html", "/contact/", "/newsletter/check-your-mail/"];
  for (const { url, document } of pages) {
    const forms = document.querySelectorAll('form[action="/api/subscribe"]');
    expect.soft(forms, url).toHaveLength(without.includes(url) ? 0 : 1);
    for (const form of forms) {
      const field = form.querySelector('input[name="email"][type="email"][autocomplete="email"][required]');
      expect.soft(form.querySelector("label")?.getAttribute("for"), url).toBe(field?.id);
      expect.soft(form.querySelector(`#${field?.getAttribute("aria-describedby")}`)?.text, url).toContain("confirm");
    }
  }
});

test("names the canonical address of every page that search engines may show", () => {
  for (const { url, document } of pages) {
    const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute("href");
    const hidden = url === "/404.html" || document.querySelector('meta[name="robots"]') !== null;
    expect.soft(canonical, url).toBe(hidden ? undefined : siteUrl + url);
  }
});

test("says nothing to search engines on the page that comes with status 404, and keeps it out of the sitemap", async () => {
  const page = pages.find(({ url }) => url === "/404.html");
  expect(page?.document.querySelectorAll('meta[name="robots"], meta[property="og:url"]')).toEqual([]);
  expect(await readFile(path.join(builtSite, "sitemap.xml"), "utf8")).not.toContain("404");
});

test("lists every page for search engines in the sitemap", async () => {
  const sitemap = await readFile(path.join(builtSite, "sitemap.xml"), "utf8");
  const listed = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address).sort();
  const shown = pages
    .filter(({ document }) => document.querySelector('link[rel="canonical"]'))
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
