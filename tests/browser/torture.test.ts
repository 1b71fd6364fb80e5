/** One article with everything that Markdown can do here, in a real Chromium under the site's own policy. */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { launchChromium } from "../setup/browser.ts";
import { type TorturePage, torturePage } from "../setup/torture.ts";

const address = "http://torture.test/posts/torture/";
const dot = Buffer.from("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==", "base64");

let browser: Browser;
let article: TorturePage;
beforeAll(async () => {
  [browser, article] = await Promise.all([launchChromium(), torturePage()]);
});
afterAll(() => browser?.close());

interface Opened {
  readonly page: Page;
  /** What the console says, and requests that leave the site. */
  readonly messages: readonly string[];
}

async function open(width: number, colorScheme: "light" | "dark" = "light"): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const messages: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (!url.startsWith("http://torture.test/")) messages.push(url);
    if (url === address)
      return route.fulfill({
        body: article.html,
        contentType: "text/html",
        headers: { "content-security-policy": article.policy },
      });
    if (url.endsWith(".png")) return route.fulfill({ body: dot, contentType: "image/gif" });
    return route.fulfill({ body: "", contentType: url.endsWith(".js") ? "text/javascript" : "text/plain" });
  });
  await page.goto(address);
  return { page, messages };
}

test.each([
  [390, "light"],
  [390, "dark"],
  [1280, "light"],
  [1280, "dark"],
] as const)("has no accessibility finding at %i px in the %s scheme, boxes that unfold open", async (width, scheme) => {
  const { page, messages } = await open(width, scheme);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const findings = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(" ")
        .slice(0, 400)}`,
  );
  expect(findings).toEqual([]);
  expect(messages).toEqual([]);
});

test.each([320, 390, 768, 1280, 1600])("does not scroll sideways at %i px", async (width) => {
  const { page } = await open(width);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});

test("shows a note beside the text on wide screens and at the end on narrow ones, never twice", async () => {
  const shown = async (width: number) => {
    const { page } = await open(width);
    const visible = (text: RegExp) => page.getByText(text).filter({ visible: true }).count();
    return [
      await page.locator(".sidenote:visible").count(),
      await visible(/^(?:1 )?The first note\./),
      await visible(/^Used twice\./),
    ];
  };
  expect(await shown(390)).toEqual([0, 1, 1]);
  expect(await shown(1280)).toEqual([6, 1, 1]);
});

test("lets no note lie on another, on the text, or beyond the window", async () => {
  const { page } = await open(1280);
  const boxes = await page
    .locator(".sidenote")
    .evaluateAll((notes) => notes.map((note) => note.getBoundingClientRect().toJSON()));
  const paragraph = await page
    .locator(".prose > p")
    .first()
    .evaluate((text) => text.getBoundingClientRect().right);
  for (const [at, box] of boxes.entries()) {
    expect(box.left).toBeGreaterThan(paragraph);
    expect(box.right).toBeLessThanOrEqual(1280);
    const above = boxes[at - 1];
    if (above) expect(box.top).toBeGreaterThanOrEqual(above.bottom);
  }
});

test("keeps letters of drawings and charts readable on a phone", async () => {
  const { page } = await open(390);
  const sizes = await page
    .locator("figure svg[role=img] text")
    .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height));
  expect(sizes.length).toBeGreaterThan(20);
  expect(Math.min(...sizes)).toBeGreaterThan(8);
});

test.each([
  [390, "light"],
  [390, "dark"],
] as const)(
  "is a mail that fits %i px and can be read in the %s scheme, and asks for nothing but pictures",
  async (width, scheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const asked: string[] = [];
    await page.route("**/*", (route) => {
      asked.push(route.request().url());
      return route.fulfill({ body: dot, contentType: "image/gif" });
    });
    await page.setContent(article.mail, { waitUntil: "load" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(scheme === "dark" ? "rgb(22, 24, 28)" : "rgb(253, 252, 249)");
    expect(asked.filter((url) => !/^https:\/\/[^/]+\/assets\/img\/[\w-]+\.(?:png|jpeg)$/.test(url))).toEqual([]);
    // What scrolls has no stop for the keyboard in mail programs, whatever the mail says.
    const scan = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).disableRules(["scrollable-region-focusable"]);
    const { violations } = await scan.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  },
);
