/** The view counter in a real Chromium: who counts, what is shown, and what a reader sees of it when it is down: nothing. */

import { setTimeout as wait } from "node:timers/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { launchChromium } from "../setup/browser.ts";
import { type CounterSite, openCounterSite, states } from "./support/counter-site.ts";
import { openTabs, type Tabs } from "./support/tabs.ts";

const slug = "from-senior-to-staff";
const article = `/posts/${slug}/`;
/** Chromium without a screen says so, and does not count. */
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

let site: CounterSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openCounterSite(), launchChromium(["--disable-back-forward-cache"])]);
});
beforeEach(async () => {
  site.state = "up";
  site.asked.length = site.pages.length = 0;
  await emptyCounter();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

async function emptyCounter(): Promise<void> {
  await site.sql`TRUNCATE day_salt, view_seen, view_source, view_day, view_total, rolled_day`;
}

async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: site.url, userAgent, ...options });
  onTestFinished(() => context.close());
  return context;
}

async function openBrowserWithTabs(): Promise<Tabs> {
  const tabs = await openTabs(userAgent);
  onTestFinished(() => tabs.close());
  return tabs;
}

/** With everything that the console and the layout have to say. */
async function openPage(
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly said: string[] }> {
  const page = await (await openContext(options)).newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("worker", (worker) => worker.on("console", (message) => said.push(`worker: ${message.text()}`)));
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  return { page, said };
}

const slow = { timeout: 15_000, interval: 100 };
const counted = async () => Number((await site.sql`SELECT count(*) AS n FROM view_seen`)[0]?.["n"]);
const untilCounted = (n: number) => expect.poll(counted, slow).toBe(n);
const shiftsOf = (page: Page) => page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
const posts = () => site.asked.filter((method) => method === "POST").length;

test("counts a reader after two seconds, shows the number in the page's language, and moves nothing", async () => {
  await site.sql`INSERT INTO view_total VALUES (${slug}, 1234567)`;
  const { page, said } = await openPage({ viewport: { width: 360, height: 700 } });
  await page.goto(article);
  await expect.poll(() => page.locator(".views").textContent()).toBe("1,234,567 views");
  expect(await counted()).toBe(0);
  await untilCounted(1);
  expect([await shiftsOf(page), said]).toEqual([[], []]);
  expect(site.asked).toEqual(["GET", "POST"]);
});

test("writes numbers as the language of the article does, and one view as one", async () => {
  const html = await (await fetch(site.url + article)).text();
  site.own.set("/de/", html.replace('lang="en"', 'lang="de"'));
  await site.sql`INSERT INTO view_total VALUES (${slug}, 12345)`;
  const { page } = await openPage();
  await page.goto("/de/");
  await expect.poll(() => page.locator(".views").textContent()).toBe("12.345 views");
  await site.sql`UPDATE view_total SET views = 1`;
  await page.goto(article);
  await expect.poll(() => page.locator(".views").textContent()).toBe("1 view");
});

test("counts nobody who leaves before two seconds, and asks nothing on pages that are no articles", async () => {
  const { page } = await openPage();
  await page.goto(article);
  await wait(1000);
  await page.goto("/posts/");
  await wait(2500);
  expect([await counted(), site.asked]).toEqual([0, ["GET"]]);
});

test("does not count a page that is prerendered, until the reader comes", async () => {
  const rules = JSON.stringify({ prerender: [{ urls: [article], eagerness: "immediate" }] });
  site.own.set(
    "/start/",
    `<!doctype html><title>Start</title><link rel="icon" href="data:,"><script type="speculationrules">${rules}</script>
    <script>fetch("/when").then(() => { location.href = "${article}" })</script>`,
  );
  const go = site.hold("/when");
  const tabs = await openBrowserWithTabs();
  await tabs.open(`${site.url}/start/`, "in front");
  await expect.poll(() => site.pages.find(({ url }) => url === article)?.purpose, slow).toMatch(/prerender/);
  await wait(3500);
  expect([await counted(), site.asked]).toEqual([0, []]);
  go();
  await untilCounted(1);
  // It was that page which the reader saw, and no second one.
  expect(site.pages.filter(({ url }) => url === article)).toHaveLength(1);
  expect(site.asked).toEqual(["GET", "POST"]);
});

test("does not count a tab in the background, until the reader looks at it", async () => {
  const tabs = await openBrowserWithTabs();
  await tabs.open(`${site.url}/posts/`, "in front");
  const behind = await tabs.open(site.url + article, "behind");
  await expect.poll(() => site.pages.some(({ url }) => url === article), slow).toBe(true);
  await wait(3500);
  expect([await counted(), site.asked]).toEqual([0, []]);
  await tabs.bringToFront(behind);
  await untilCounted(1);
});

test("does not count again who comes back from the next page", async () => {
  const { page } = await openPage();
  await page.goto(article);
  await page.evaluate(() => {
    window.addEventListener("pageshow", ({ persisted }) => Object.assign(window, { persisted }));
  });
  await untilCounted(1);
  await page.goto("/posts/");
  await page.goBack({ waitUntil: "commit" });
  expect(await page.evaluate(() => (window as unknown as { persisted?: boolean }).persisted)).toBe(true);
  await wait(3000);
  expect([await counted(), posts()]).toEqual([1, 1]);
});

test("needs no JavaScript, and then counts nothing", async () => {
  const { page, said } = await openPage({ javaScriptEnabled: false });
  await page.goto(article);
  await wait(2500);
  expect(await page.locator("article.post h1").isVisible()).toBe(true);
  expect([site.asked, said]).toEqual([[], []]);
});

test.each([
  ["Global Privacy Control", { "Sec-GPC": "1" }],
  ["Do Not Track", { DNT: "1" }],
])("stores nothing of a reader who asks not to be counted: %s", async (_, extraHTTPHeaders) => {
  const { page, said } = await openPage({ extraHTTPHeaders });
  await page.goto(article);
  await expect.poll(posts, slow).toBeGreaterThan(0);
  await wait(300);
  expect([await counted(), await site.sql`SELECT FROM day_salt`, said]).toEqual([0, [], []]);
});

/** What a reader has before the eyes: the markup as it is after all scripts, and where everything stands. */
async function look(state: CounterSite["state"], options: BrowserContextOptions): Promise<object> {
  site.state = state;
  site.asked.length = 0;
  await emptyCounter();
  // The reader is asked for and not counted: a window must not show the number that another one has made.
  const { page, said } = await openPage({ ...options, extraHTTPHeaders: { "Sec-GPC": "1" } });
  await page.goto(article);
  await expect.poll(posts, slow).toBeGreaterThan(0);
  await wait(300);
  const seen = await page.evaluate(() => ({
    markup: document.documentElement.outerHTML,
    boxes: [...document.querySelectorAll("body *")].map((element) => JSON.stringify(element.getBoundingClientRect())),
  }));
  return { ...seen, shifts: await shiftsOf(page), said };
}

test("shows the same page to the last detail when the counter is down, 360 and 1280 px wide", async () => {
  const lookAtBoth = (state: CounterSite["state"]) =>
    Promise.all([360, 1280].map((width) => look(state, { viewport: { width, height: 800 } })));
  const up = await lookAtBoth("up");
  for (const seen of up) expect(seen).toMatchObject({ shifts: [], said: [] });
  for (const state of states) expect.soft(await lookAtBoth(state), `the counter ${state}`).toEqual(up);
});
