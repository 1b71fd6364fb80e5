/** The search as a reader uses it, in a real Chromium against `npm start`. */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { runStart, type Started, temporaryFolder } from "../dev/run-start.ts";
import { launchChromium } from "../setup/browser.ts";

let data: Awaited<ReturnType<typeof temporaryFolder>>;
let site: Started;
let browser: Browser;

beforeAll(async () => {
  data = await temporaryFolder();
  [site, browser] = await Promise.all([runStart({ dataDirectory: data.path }), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  site?.process.kill("SIGTERM");
  await site?.exit;
  await data?.remove();
});

/** A page with the paths that it asked for, and what it said in the console. */
async function openPage(options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ baseURL: site.url, viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const asked: string[] = [];
  const messages: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("console", (message) => message.text().startsWith("[11ty]") || messages.push(message.text()));
  page.on("pageerror", (error) => {
    // Chromium gives up the fade between two pages when the machine is too slow for it, and says so as an error.
    if (!/Transition was (?:aborted|skipped)/.test(String(error))) messages.push(String(error));
  });
  return { page, asked, messages };
}

const titles = (page: Page) => page.locator(".results a").allTextContents();

/** What the search says of its results; the theme switch has a status of its own. */
const status = (page: Page) => page.locator("p[role=status]");

test("loads nothing of the search before somebody means to search", async () => {
  const { page, asked } = await openPage();
  await page.goto("/");
  await page.goto("/search/");
  await page.waitForTimeout(300);
  expect(asked.filter((path) => /^\/search\/.|\/assets\/search/.test(path))).toEqual([]);
  await page.locator("#q").focus();
  await page.waitForRequest("**/search/index/root.json");
});

test.each(["/", "Control+k"])(
  "opens on %s, finds, marks, is walked by arrows, and leads to the article",
  async (key) => {
    const { page, messages } = await openPage();
    await page.goto("/posts/from-senior-to-staff/");
    await page.keyboard.press(key);
    await page.getByRole("dialog", { name: "Search" }).waitFor();
    await page.keyboard.type("zombie fencing");
    await expect.poll(() => titles(page)).toContain("Exactly-once in production");
    expect(await status(page).textContent()).toMatch(/^\d+ articles?$/);
    const marked = () => page.locator(".results mark").allTextContents();
    await expect.poll(async () => (await marked()).map((text) => text.toLowerCase())).toContain("fencing");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".results a:focus").count()).toBe(1);
    await page.keyboard.press("ArrowUp");
    expect(await page.locator("dialog input:focus").count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/posts/exactly-once-in-production/**");
    expect(messages).toEqual([]);
  },
);

test("closes on Escape, and gives the keys back to where the reader was", async () => {
  const { page } = await openPage();
  await page.goto("/");
  const link = page.getByRole("link", { name: "Writing" }).first();
  await link.focus();
  await page.keyboard.press("/");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  expect(await link.evaluate((node) => node === document.activeElement)).toBe(true);
});

test("leaves the slash to whoever is typing", async () => {
  const { page } = await openPage();
  await page.goto("/contact/");
  await page.getByLabel("Name").fill("");
  await page.getByLabel("Name").pressSequentially("a/b");
  expect(await page.getByLabel("Name").inputValue()).toBe("a/b");
});

test("forgives a slip, narrows by tag and year, and can be come back to by its address", async () => {
  const { page } = await openPage();
  await page.goto("/search/?q=transactoin");
  await expect.poll(() => status(page).textContent()).toContain("“transaction” instead of “transactoin”");
  await page.locator("#q").fill("data");
  await expect.poll(() => titles(page)).not.toEqual([]);
  await page.getByLabel("Tag").selectOption("duckdb");
  await expect.poll(() => titles(page)).toEqual(["Two engines, one hundred million trades"]);
  await expect.poll(() => new URL(page.url()).search).toBe("?q=data");
});

test("says when nothing was found", async () => {
  const { page } = await openPage();
  await page.goto("/search/");
  await page.locator("#q").fill("xyzzyplugh");
  await expect.poll(() => status(page).textContent()).toBe("Nothing found for “xyzzyplugh”");
});

test("is an index of everything by tag and year without JavaScript", async () => {
  const { page } = await openPage({ javaScriptEnabled: false });
  await page.goto("/posts/");
  const written = await page.locator(".post-list a").count();
  await page.goto("/search/?q=kafka");
  expect(await page.locator(".titles a").count()).toBe(written);
  expect(await page.locator(".tag-list a").count()).toBeGreaterThan(5);
  expect(await page.locator("noscript").textContent()).toContain("Searching needs JavaScript");
});

test("has no accessibility finding with results, in the page and in the dialog", async () => {
  const { page } = await openPage();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const url of ["/search/?q=kafka", "/"]) {
      await page.goto(url);
      if (url === "/") await page.keyboard.press("/");
      if (url === "/") await page.locator("dialog input").fill("kafka");
      await page.locator(".results li p").first().waitFor();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect.soft(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    }
  }
});
