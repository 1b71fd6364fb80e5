/** Pictures in a real Chromium, under the site's own policy: what is loaded, what moves, what opens. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { contentFolder, startBuild } from "../build/build-apart.ts";
import { freePort } from "../dev/run-start.ts";
import { launchChromium } from "../setup/browser.ts";
import { jpeg, png } from "../site/pictures/drawn.ts";
import { post } from "../site/site-in-a-folder.ts";

const article = `![A bay](bay.jpg "The bay.")

${"Words of an article between its pictures. ".repeat(60)}

![A pair](pair.png)

${"More words of the article, so that its end is far away. ".repeat(200)}

![The last one](last.jpg)
`;

let content: string;
let server: Server;
let browser: Browser;
let origin: string;
/** What comes at last, on a machine that may be busy. */
const waiting = { timeout: 15_000, interval: 100 };
/** Of each picture's way to the reader. */
let delayMs = 0;

beforeAll(async () => {
  content = await contentFolder();
  const folder = path.join(content, "posts/2026-01-01-bay");
  await mkdir(folder, { recursive: true });
  const pair = { width: 1400, height: 700 };
  const files = {
    "index.md": post({ title: "A bay" }, article),
    "bay.jpg": await jpeg({ width: 1600, height: 900 }),
    "pair.png": await png(pair),
    "pair.dark.png": await png({ ...pair, seed: 60 }),
    "last.jpg": await jpeg({ width: 1000, height: 1000, seed: 7 }),
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
  const [report, chromium] = await Promise.all([startBuild({ folder: content }).report, launchChromium()]);
  browser = chromium;
  expect(report).toBe("");
  await serve();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(content, { recursive: true, force: true });
});

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".avif": "image/avif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/** The built site with its own policy. */
async function serve(): Promise<void> {
  const site = path.join(content, "_site");
  const [, policy = ""] =
    /Content-Security-Policy: (.*)/.exec(await readFile(path.join(site, "_headers"), "utf8")) ?? [];
  const port = await freePort();
  origin = `http://localhost:${port}`;
  server = createServer(async ({ url = "/" }, response) => {
    const file = path.join(site, url.endsWith("/") ? `${url}index.html` : url);
    if (url.startsWith("/assets/img/")) await wait(delayMs);
    const bytes = await readFile(file).catch(() => undefined);
    const type = types[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(bytes ? 200 : 204, { "content-type": type, "content-security-policy": policy }).end(bytes);
  }).listen(port);
}

interface Opened {
  readonly page: Page;
  /** Names of the pictures that were asked for. */
  readonly asked: string[];
  readonly messages: string[];
}

async function openArticle(options: BrowserContextOptions & { readonly theme?: string } = {}): Promise<Opened> {
  const { theme, ...rest } = options;
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 900 }, ...rest });
  onTestFinished(() => context.close());
  if (theme) await context.addInitScript((chosen) => localStorage.setItem("theme", chosen), theme);
  const page = await context.newPage();
  const asked: string[] = [];
  const messages: string[] = [];
  page.on("request", (request) => {
    const [, name] = /\/assets\/img\/([\w.-]+)/.exec(request.url()) ?? [];
    if (name) asked.push(name.replace(/-[0-9a-f]{10}/, ""));
  });
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.goto("/posts/bay/");
  return { page, asked, messages };
}

const pair = (page: Page) => page.locator("figure", { has: page.getByAltText("A pair") });
const current = (page: Page, alt: string) =>
  page.getByAltText(alt).evaluate((img: HTMLImageElement) => img.currentSrc.replace(/.*\/|-[0-9a-f]{10}/g, ""));
const loaded = (page: Page, alt: string) =>
  expect
    .poll(() => page.getByAltText(alt).evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth), waiting)
    .toBeTruthy();

test("moves nothing while pictures come slowly, and shows their colours meanwhile", async () => {
  delayMs = 700;
  onTestFinished(() => {
    delayMs = 0;
  });
  const { page, messages } = await openArticle({ viewport: { width: 390, height: 844 } });
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const tiny = await page.locator(".tiny").first().boundingBox();
  const place = await page.getByAltText("A bay").boundingBox();
  expect(tiny).toEqual(place);
  expect(place?.height).toBeCloseTo(((place?.width ?? 0) * 900) / 1600, 0);
  expect(
    await page
      .locator(".tiny")
      .first()
      .evaluate((img: HTMLImageElement) => img.naturalWidth),
  ).toBe(12);
  for (const alt of ["A bay", "A pair", "The last one"]) {
    await page.getByAltText(alt).scrollIntoViewIfNeeded();
    await loaded(page, alt);
  }
  expect(await page.evaluate(() => Reflect.get(window, "shifts"))).toEqual([]);
  await page.getByAltText("A bay").scrollIntoViewIfNeeded();
  expect(await page.getByAltText("A bay").evaluate(isOnTop)).toBe(true);
  expect(messages).toEqual([]);
});

/** What readers see in the middle of its place. */
function isOnTop(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === element;
}

test.each([
  [390, 2, "bay-720.avif"],
  [390, 3, "bay-1240.avif"],
  [700, 1, "bay-720.avif"],
  [1280, 1, "bay-720.avif"],
  [1280, 2, "bay-1240.avif"],
])("takes the file that fits a window of %i pixels, %i to a point", async (width, deviceScaleFactor, file) => {
  const { page, asked } = await openArticle({ viewport: { width, height: 900 }, deviceScaleFactor });
  await loaded(page, "A bay");
  expect(asked.filter((name) => name.startsWith("bay"))).toEqual([file]);
  const widths = await page.getByAltText("A bay").evaluate((img: HTMLImageElement) => {
    const sizes = document.querySelector("source")?.sizes.split(", ") ?? [];
    const fits = sizes
      .map((one) => /^(\(.*?\)) (.*)$/.exec(one) ?? [one, "all", one])
      .find(([, media = ""]) => matchMedia(media).matches);
    const probe = document.createElement("div");
    probe.style.width = fits?.[2] ?? "";
    document.body.append(probe);
    return [img.clientWidth, probe.clientWidth];
  });
  expect(Math.abs((widths[0] ?? 0) - (widths[1] ?? 9))).toBeLessThanOrEqual(1);
});

test("loads what is far below only when readers come near", async () => {
  const { page, asked } = await openArticle();
  await loaded(page, "A bay");
  expect(asked.some((name) => name.startsWith("last"))).toBe(false);
  await page.getByAltText("The last one").scrollIntoViewIfNeeded();
  await loaded(page, "The last one");
  expect(asked).toContain("last-720.avif");
});

test.each([
  ["light", undefined, "pair-720.avif"],
  ["dark", undefined, "pair-dark-720.avif"],
  ["light", "dark", "pair-dark-720.avif"],
  ["dark", "light", "pair-720.avif"],
] as const)(
  "shows one picture of a pair, and loads no other: system %s, chosen %s",
  async (colorScheme, theme, file) => {
    const { page, asked } = await openArticle({ colorScheme, ...(theme && { theme }) });
    await pair(page).scrollIntoViewIfNeeded();
    await loaded(page, "A pair");
    expect(await current(page, "A pair")).toBe(file);
    expect(asked.filter((name) => name.startsWith("pair"))).toEqual([file]);
  },
);

test("changes a pair with the theme, there and back", async () => {
  const { page } = await openArticle({ colorScheme: "light" });
  const button = page.locator(".theme-switch");
  for (const [chosen, file] of [
    ["light", "pair-720.avif"],
    ["dark", "pair-dark-720.avif"],
    ["system", "pair-720.avif"],
  ]) {
    await button.click();
    expect(await button.getAttribute("aria-label")).toBe(`Theme: ${chosen}`);
    await expect.poll(() => current(page, "A pair"), waiting).toBe(file);
  }
});

test("shows the picture for the system's scheme without JavaScript", async () => {
  const { page } = await openArticle({ colorScheme: "dark", javaScriptEnabled: false });
  await pair(page).scrollIntoViewIfNeeded();
  await expect.poll(() => current(page, "A pair"), waiting).toBe("pair-dark-720.avif");
});

test("leads to the large file without JavaScript", async () => {
  const { page } = await openArticle({ javaScriptEnabled: false });
  const answer = page.waitForResponse((response) => response.request().isNavigationRequest());
  await page.getByAltText("A bay").click();
  expect((await answer).url()).toMatch(/bay-[0-9a-f]{10}-1600\.webp$/);
  expect((await answer).headers()["content-type"]).toBe("image/webp");
});

const dialog = (page: Page) => page.getByRole("dialog", { name: "A bay" });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("href") ?? document.activeElement?.textContent);

test("opens a large picture by mouse, and closes it by a click anywhere", async () => {
  const { page, messages } = await openArticle();
  for (const place of ["picture", "button", "beside"] as const) {
    await page.locator(".prose").getByAltText("A bay").click();
    await dialog(page).waitFor();
    const large = dialog(page).getByAltText("A bay");
    const [width = 0, height = 0] = await large.evaluate((img) => [img.clientWidth, img.clientHeight]);
    expect(width).toBe(1229);
    // A file's own height is rounded.
    expect(Math.abs(height - (width * 900) / 1600)).toBeLessThanOrEqual(1);
    await expect.poll(() => large.evaluate((img: HTMLImageElement) => img.currentSrc), waiting).toMatch(/-1240\.avif$/);
    if (place === "picture") await large.click();
    else if (place === "button") await dialog(page).getByRole("button", { name: "Close" }).click();
    else await page.mouse.click(5, 5);
    await dialog(page).waitFor({ state: "hidden" });
  }
  expect(messages).toEqual([]);
  expect(page.url()).toBe(`${origin}/posts/bay/`);
});

test("opens a large picture by keyboard, and gives the focus back", async () => {
  const { page } = await openArticle();
  const link = page.locator("a.zoom").first();
  await link.focus();
  const address = await focused(page);
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  expect(await focused(page)).toBe("Close");
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  expect(await focused(page)).toBe(address);
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "hidden" });
  expect(await focused(page)).toBe(address);
});

test("opens the picture of a pair that the reader sees", async () => {
  const { page } = await openArticle({ colorScheme: "light", theme: "dark" });
  await page.getByAltText("A pair").click();
  const large = page.getByRole("dialog").getByAltText("A pair");
  await expect
    .poll(() => large.evaluate((img: HTMLImageElement) => img.currentSrc), waiting)
    .toMatch(/pair-dark-[0-9a-f]{10}-1400\.avif$/);
});

test("fits a high picture and a small window", async () => {
  const { page } = await openArticle({ viewport: { width: 390, height: 500 } });
  await page.getByAltText("The last one").click();
  const large = page.getByRole("dialog").getByAltText("The last one");
  expect(await large.evaluate((img) => [img.clientWidth, img.clientHeight])).toEqual([374, 374]);
});

test("leaves a click alone that asks for another window", async () => {
  const { page } = await openArticle();
  const other = page.context().waitForEvent("page");
  await page.getByAltText("A bay").click({ modifiers: ["ControlOrMeta"] });
  expect((await other).url()).toMatch(/\.webp$|about:blank/);
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("has no accessibility finding in an article with pictures, light or dark", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page } = await openArticle({ colorScheme });
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
  }
});
