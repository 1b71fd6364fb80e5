/** The contact form as people use and misuse it, in a real Chromium against `npm start`, with and without JavaScript. */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Mail } from "../../dev/mailbox.ts";
import { runStart, type Started, temporaryFolder } from "../dev/run-start.ts";
import { launchChromium } from "../setup/browser.ts";

let data: Awaited<ReturnType<typeof temporaryFolder>>;
let site: Started;
let browser: Browser;

/** A site of its own for each group: one address may send only so many messages an hour. */
function openSite(): void {
  beforeAll(async () => {
    data = await temporaryFolder();
    site = await runStart({ dataDirectory: data.path });
    expect(site.output()).toContain("is ready");
  });
  afterAll(async () => {
    site?.process.kill("SIGTERM");
    await site?.exit;
    await data?.remove();
  });
}

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function openContact(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.url, viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto("/contact/");
  return page;
}

interface Written {
  readonly email?: string;
  readonly message: string;
}

async function write(page: Page, { email = "ada@example.org", message }: Written): Promise<void> {
  await page.getByLabel("Name").fill("Ada Writer");
  await page.getByLabel("E-mail", { exact: false }).fill(email);
  await page.getByLabel("Message").fill(message);
}

const button = (page: Page) => page.getByRole("button", { name: "Send message" });
/** Good enough for a browser's own check, but no mail goes there. */
const wrong = "ada.@example.org";

async function mailsWith(text: string): Promise<readonly Mail[]> {
  const mails = (await (await fetch(`${site.url}/__mail/messages.json`)).json()) as Mail[];
  return mails.filter((mail) => mail.text.includes(text));
}

/** Waits for the first, and then a moment for others. */
async function countMails(text: string): Promise<number> {
  await expect.poll(() => mailsWith(text), { timeout: 15_000, interval: 200 }).not.toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return (await mailsWith(text)).length;
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.className ?? document.activeElement?.tagName ?? "");

describe.each([true, false])("with JavaScript: %s", (javaScriptEnabled) => {
  openSite();

  test("shows what is wrong beside the fields, keeps the text, and moves the focus to it", async () => {
    const page = await openContact({ javaScriptEnabled });
    await write(page, { email: wrong, message: "This text must not be lost." });
    await button(page).click();
    const summary = page.getByRole("alert").filter({ hasText: "Please check the form" });
    await summary.waitFor();
    expect(await page.getByLabel("Message").inputValue()).toBe("This text must not be lost.");
    expect(await page.getByLabel("E-mail", { exact: false }).getAttribute("aria-invalid")).toBe("true");
    expect(await page.title()).toContain("Error");
    if (javaScriptEnabled) {
      expect(await focused(page)).toBe("problem-summary");
      expect(new URL(page.url()).pathname).toBe("/contact/");
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
    } else {
      // No script can be asked who has the focus; the next key goes where the focus stands.
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect.poll(() => page.url()).toContain("#contact-email");
    }
    await page.getByLabel("E-mail", { exact: false }).fill("ada@example.org");
    await button(page).click();
    await page.waitForURL("**/contact/sent/");
    expect(await countMails("This text must not be lost.")).toBe(1);
  });

  test("is one message after a double click, back, another press, and a refresh", async () => {
    const page = await openContact({ javaScriptEnabled });
    const message = "Once, please.";
    await write(page, { message });
    await button(page).dblclick();
    // The second press may end the first one's way to the page.
    await expect.poll(() => page.url(), { timeout: 15_000 }).toContain("/contact/sent/");
    await page.waitForLoadState();
    await page.reload();
    await page.goBack();
    await write(page, { message });
    await button(page).click();
    await page.waitForURL("**/contact/sent/");
    expect(await countMails(message)).toBe(1);
  });

  test("is one message after the page with the mistakes is refreshed", async () => {
    const page = await openContact({ javaScriptEnabled });
    const message = "Refreshed on the way.";
    await write(page, { email: wrong, message });
    await button(page).click();
    await page.locator(".problem-summary").waitFor();
    await page.reload();
    // Without a script the browser sends the form again; with it the page is the one from before.
    if (!javaScriptEnabled) expect(await page.getByLabel("Message").inputValue()).toBe(message);
    await write(page, { message });
    await button(page).click();
    await page.waitForURL("**/contact/sent/");
    expect(await countMails(message)).toBe(1);
  });

  test("takes the message of a person whose browser filled the trap", async () => {
    const page = await openContact({ javaScriptEnabled });
    await write(page, { message: "My browser fills everything." });
    await page.locator("#contact-website").fill("https://ada.example.org", { force: true });
    // Nobody writes a message in less.
    await page.waitForTimeout(3_000);
    await button(page).click();
    // With a script the browser works for it, for a second or some.
    await page.waitForURL("**/contact/sent/", { timeout: 60_000 });
    expect(await countMails("My browser fills everything.")).toBe(1);
    const [mail] = await mailsWith("My browser fills everything.");
    expect(mail?.text).toContain(`Signs of junk: trap${javaScriptEnabled ? "" : ", no proof"}`);
  });

  test("gives the text back when too much was sent from here", async () => {
    const page = await openContact({ javaScriptEnabled });
    for (let n = 0; n < 8; n += 1) {
      const body = new URLSearchParams({ name: "Bob", email: "bob@example.org", message: `Message ${n}` });
      await fetch(`${site.url}/api/contact`, { method: "POST", body, redirect: "manual" });
    }
    await write(page, { message: "One too many." });
    await button(page).click();
    await page.getByRole("heading", { name: "Your message could not be taken yet" }).waitFor();
    expect(await page.getByLabel("Message").inputValue()).toBe("One too many.");
    expect(await page.getByRole("alert").filter({ hasText: "Your text is still here." }).count()).toBe(1);
  });
});

describe("with the page's script", () => {
  openSite();

  test("says so when there is no network, keeps the text, and sends it when there is one again", async () => {
    const page = await openContact();
    await write(page, { message: "From a train." });
    await page.context().setOffline(true);
    await button(page).click();
    const failure = page.getByRole("alert").filter({ hasText: "Your text is still here" });
    await failure.waitFor();
    expect(await focused(page)).toBe("field-problem");
    expect(await page.getByLabel("Message").inputValue()).toBe("From a train.");
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.context().setOffline(false);
    await button(page).click();
    await page.waitForURL("**/contact/sent/");
    expect(await countMails("From a train.")).toBe(1);
  });

  test("keeps the visitor's text when the answer is none of ours", async () => {
    const page = await openContact();
    await write(page, { message: "Through a proxy." });
    await page.route("**/api/contact", (route) => route.fulfill({ status: 502, body: "<h1>Bad gateway</h1>" }));
    await button(page).click();
    await page.getByRole("alert").filter({ hasText: "Your text is still here" }).waitFor();
    expect(await page.getByLabel("Message").inputValue()).toBe("Through a proxy.");
  });

  test("links the owner's address, which is not in the page", async () => {
    const context = await browser.newContext({ baseURL: site.url });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.route("**/contact/", async (route) => {
      const response = await route.fetch();
      const link = `<a hidden data-mail="${btoa("owner@example.org")}">Write by e-mail</a>`;
      await route.fulfill({ response, body: (await response.text()).replace("<form", `${link}<form`) });
    });
    await page.goto("/contact/");
    const link = page.getByRole("link", { name: "Write by e-mail" });
    expect(await link.getAttribute("href")).toBe("mailto:owner@example.org");
  });
});
