/** What readers do on pages that need no functions, in a real Chromium, under the headers of production. */
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Host, serveSite } from "../../bench/reader/serve.ts";
import { buildReaderSite, overdoneUrl, referenceUrl } from "../../bench/reader/site.ts";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { launchChromium } from "../setup/browser.ts";
import { root } from "../setup/site.ts";
import { accessibilityFindings } from "./support/accessibility.ts";

const folder = path.join(root, ".cache/test/pages");
const series = "/series/exactly-once/";
let host: Host;
let browser: Browser;
let asked: { readonly url: string; readonly purpose: string }[] = [];

beforeAll(async () => {
  await buildReaderSite(folder);
  const [headers = "", redirects = ""] = await Promise.all(
    ["_headers", "_redirects"].map((file) => readFile(path.join(folder, file), "utf8")),
  );
  const note = ({ url = "", headers }: IncomingMessage) =>
    // A browser asks for the icon when it likes.
    url === "/icon.svg" || asked.push({ url, purpose: String(headers["sec-purpose"] ?? "") });
  const rules = await readNetlifyRules(root, { headers, redirects });
  [host, browser] = await Promise.all([serveSite(folder, rules, note), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
});

async function openPage(url: string, options: BrowserContextOptions = {}): Promise<{ page: Page; messages: string[] }> {
  const context = await browser.newContext({
    baseURL: host.origin,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.goto(url);
  return { page, messages };
}

test("reads and finds its way without JavaScript: from the first page to all articles, a series and its next part", async () => {
  const { page } = await openPage("/", { javaScriptEnabled: false });
  await page.getByRole("link", { name: /^All \d+ articles$/ }).click();
  await page.waitForURL("**/posts/");
  await page.locator(".post-list a", { hasText: "3 billion" }).click();
  await page.locator(".prose p").first().waitFor();
  await page
    .getByRole("navigation", { name: "Series" })
    .getByRole("link", { name: "Exactly once", exact: true })
    .click();
  await page.waitForURL(`**${series}`);
  await page.locator(".post-list a").nth(1).click();
  await page.locator(".series", { hasText: "Part 2 of 2" }).waitFor();
  expect(await page.locator(".prose p").first().isVisible()).toBe(true);
});

test("shows the contents without JavaScript, and leads from them to each section", async () => {
  const { page } = await openPage(referenceUrl, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await page.locator("summary", { hasText: "Contents" }).click();
  await page.getByRole("navigation", { name: "Contents" }).getByRole("link", { name: "When to leave" }).click();
  expect(new URL(page.url()).hash).toBe("#when-to-leave");
  expect(await page.getByRole("heading", { name: "When to leave" }).isVisible()).toBe(true);
});

test("leads on from an address where there is no page", async () => {
  const { page } = await openPage("/no/such/page/", { javaScriptEnabled: false });
  await page.getByRole("heading", { name: "There is no page here" }).waitFor();
  const links = page.locator("main a");
  expect(await links.count()).toBeGreaterThan(5);
  await links.first().click();
  await page.locator("article.post").waitFor();
});

test("prints an article whole, dark on light, without what only a screen has", async () => {
  const { page } = await openPage(referenceUrl, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const screenOnly of ["nav[aria-label='Main']", ".contents", ".post-footer", ".site-footer", ".skip"])
    expect.soft(await page.locator(screenOnly).first().isVisible(), screenOnly).toBe(false);
  for (const kept of ["h1", ".prose table", ".prose img", ".footnotes", ".prose pre"])
    expect.soft(await page.locator(kept).first().isVisible(), kept).toBe(true);
  const ink = await page.evaluate(() => getComputedStyle(document.body).color);
  expect(Math.max(...(ink.match(/\d+/g) ?? []).slice(0, 3).map(Number))).toBeLessThan(80);
  // Nobody can scroll paper: nothing may be wider than it.
  await page.setViewportSize({ width: 700, height: 900 });
  const cut = page.locator(".prose :is(pre, .table-box)");
  for (const box of await cut.all())
    expect.soft(await box.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
});

test("prints the curriculum vitae on two sheets, of A4 and of Letter", async () => {
  const { page } = await openPage("/cv/");
  for (const format of ["A4", "Letter"]) {
    const file = await getDocumentProxy(new Uint8Array(await page.pdf({ format })));
    expect.soft(file.numPages, format).toBe(2);
  }
});

test("fetches a page ahead when its link is pointed at, and nothing that is no page or has a token", async () => {
  const { page, messages } = await openPage("/posts/");
  await page.evaluate(() => {
    const addresses = ["/newsletter/confirm?token=x", "/preview/x.y/", "/feed.xml", "/api/views", "/posts/a.md"];
    const links = addresses.map((address) => Object.assign(document.createElement("a"), { href: address }));
    for (const link of links) link.textContent = link.href;
    document.querySelector("main")?.prepend(...links.flatMap((link) => [link, document.createElement("br")]));
  });
  asked = [];
  for (const link of await page.locator("main > a").all()) {
    await link.hover();
    await page.waitForTimeout(400);
  }
  expect(asked).toEqual([]);
  const article = page.locator(".post-list a").first();
  const url = await article.getAttribute("href");
  await article.hover();
  await expect.poll(() => asked).toEqual([{ url, purpose: "prefetch" }]);
  await article.click();
  await page.locator("article.post").waitFor();
  expect(asked.filter((request) => request.url === url)).toHaveLength(1);
  expect(messages).toEqual([]);
});

test("changes from page to page with a transition, unless the reader wants less motion", async () => {
  for (const [reducedMotion, expected] of [
    ["no-preference", true],
    ["reduce", false],
  ] as const) {
    const { page } = await openPage("/posts/", { reducedMotion });
    await page.addInitScript(() => {
      addEventListener("pagereveal", (event) => {
        const { viewTransition } = event as Event & { viewTransition?: unknown };
        document.documentElement.dataset["transition"] = String(Boolean(viewTransition));
      });
    });
    await page.locator(".post-list a").first().click();
    await page.locator("article.post").waitFor();
    await page.locator(`html[data-transition="${expected}"]`).waitFor();
  }
});

test("offers itself to a home screen under its policy, and is asked for nothing more while it is read", async () => {
  asked = [];
  const { page, messages } = await openPage("/");
  await page.waitForLoadState("networkidle");
  // Chromium keeps icons for itself, and asks for one when it likes.
  const addresses = asked.map(({ url }) => url.replace(/-\w+\.js$/, ".js")).filter((url) => url !== "/icon.svg");
  expect(addresses).toEqual(["/", "/assets/page.js"]);
  const devTools = await page.context().newCDPSession(page);
  const manifest = await devTools.send("Page.getAppManifest");
  expect([new URL(manifest.url).pathname, manifest.errors]).toEqual(["/site.webmanifest", []]);
  expect(JSON.parse(manifest.data ?? "{}")).toMatchObject({ start_url: "/", display: "browser" });
  expect(messages).toEqual([]);
});

const kinds = [series, "/series/", "/search/", "/colophon/", "/contact/sent/", overdoneUrl];

test.each(kinds)(
  "has no accessibility finding and no message on %s, at both widths and in both schemes",
  async (url) => {
    const { page, messages } = await openPage(url, { reducedMotion: "reduce" });
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(messages).toEqual([]);
  },
);

test("does not scroll sideways at 320 px, on no page and with everything overdone", async () => {
  const { page } = await openPage("/", { viewport: { width: 320, height: 640 } });
  for (const url of [...kinds, "/posts/", "/tags/", referenceUrl]) {
    await page.goto(url);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), url).toBeLessThanOrEqual(320);
  }
});
