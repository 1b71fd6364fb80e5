/** What visitors do, in a real Chromium against `npm start`. */
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Mail } from "../../dev/mailbox.ts";
import { runStart, type Started, temporaryFolder } from "../dev/run-start.ts";
import { launchChromium } from "../setup/browser.ts";
import { accessibilityFindings } from "./support/accessibility.ts";

let data: Awaited<ReturnType<typeof temporaryFolder>>;
let site: Started;
let browser: Browser;

beforeAll(async () => {
  data = await temporaryFolder();
  [site, browser] = await Promise.all([runStart({ dataDirectory: data.path }), launchChromium()]);
  expect(site.output()).toContain("is ready");
});

afterAll(async () => {
  await browser?.close();
  site?.process.kill("SIGTERM");
  await site?.exit;
  await data?.remove();
});

/** A page whose every console message is an error of the test. */
async function openPage(
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly messages: string[] }> {
  const context = await browser.newContext({ baseURL: site.url, viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const messages: string[] = [];
  // The live reload of `npm start` reports its connection; the site itself says nothing.
  page.on(
    "console",
    (message) => message.text().startsWith("[11ty]") || messages.push(`${message.type()}: ${message.text()}`),
  );
  page.on("pageerror", (error) => messages.push(String(error)));
  return { page, messages };
}

async function mails(): Promise<readonly Mail[]> {
  return (await (await fetch(`${site.url}/__mail/messages.json`)).json()) as Mail[];
}

/** Waits for a mail to an address or about something. */
async function mailWith(text: string): Promise<Mail> {
  return expect
    .poll(async () => (await mails()).find((mail) => JSON.stringify(mail).includes(text)), {
      timeout: 15_000,
      interval: 200,
    })
    .toBeDefined()
    .then(async () => (await mails()).find((mail) => JSON.stringify(mail).includes(text)) as Mail);
}

const confirmLink = (mail: Mail): string =>
  /https?:\/\/\S+\/newsletter\/confirm\?token=[\w.~-]+/.exec(mail.text)?.[0] ?? "";

test("reads a post that it finds on the home page, without a message in the console", async () => {
  const { page, messages } = await openPage();
  await page.goto("/");
  await page.locator("#writing a").first().click();
  await page.locator("article.post h1").waitFor();
  expect(await page.locator(".prose p").first().isVisible()).toBe(true);
  await page.waitForTimeout(300);
  expect(messages).toEqual([]);
});

test("counts a view after two seconds of reading, and a second look not again", async () => {
  const { page } = await openPage({
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
  });
  const slug = "from-senior-to-staff";
  for (let look = 0; look < 2; look++) {
    const counted = page.waitForResponse(
      (response) => response.url().endsWith("/api/views") && response.request().method() === "POST",
    );
    await page.goto(`/posts/${slug}/`);
    expect((await counted).status()).toBe(204);
  }
  const counts = (await (await fetch(`${site.url}/api/views`)).json()) as Record<string, number>;
  expect(counts[slug]).toBe(1);
});

test("keeps the chosen theme from page to page, and goes back to the system's", async () => {
  const { page } = await openPage({ colorScheme: "light" });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto("/");
  const light = await background();
  const button = page.getByRole("button", { name: "Theme: system" });
  await button.click();
  await page.getByRole("button", { name: "Theme: light" }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.goto("/posts/");
  expect(await background()).toBe(dark);
  await page.getByRole("button", { name: "Theme: dark" }).click();
  expect(await background()).toBe(light);
});

test.each([true, false])("sends the contact form, with JavaScript: %s", async (javaScriptEnabled) => {
  const { page } = await openPage({ javaScriptEnabled });
  const text = `Two pipelines, one question. JavaScript: ${javaScriptEnabled}. Grüße!`;
  await page.goto("/contact/");
  await page.getByLabel("Name").fill("Ada Writer");
  await page.getByLabel("E-mail", { exact: false }).fill(`ada-${javaScriptEnabled}@example.org`);
  await page.getByLabel("Message").fill(text);
  await page.locator('form[action="/api/contact"] button').click();
  await page.waitForURL("**/contact/sent/");
  const mail = await mailWith(`JavaScript: ${javaScriptEnabled}.`);
  expect(mail.text).toContain(text);
  expect(mail.replyTo).toContain(`ada-${javaScriptEnabled}@example.org`);
});

test("gives a wrong contact form back with everything typed, and says what is wrong where", async () => {
  const { page } = await openPage({ javaScriptEnabled: false });
  await page.goto("/contact/");
  await page.getByLabel("Name").fill("Ada Writer");
  // Good enough for a browser's own check, but no mail goes there.
  await page.getByLabel("E-mail", { exact: false }).fill("ada.@example.org");
  await page.getByLabel("Message").fill("This text must not be lost.");
  await page.locator('form[action="/api/contact"] button').click();
  const summary = page.locator(".problem-summary");
  await summary.waitFor();
  expect(await page.getByLabel("Message").inputValue()).toBe("This text must not be lost.");
  const target = await summary.locator("a").first().getAttribute("href");
  expect(await page.locator(target ?? "#none").getAttribute("name")).toBe("email");
});

test("has no accessibility finding on a form that came back", async () => {
  const { page } = await openPage();
  await page.goto("/contact/");
  await page.getByLabel("Name").fill("Ada Writer");
  await page.getByLabel("E-mail", { exact: false }).fill("ada.@example.org");
  await page.getByLabel("Message").fill("Text.");
  await page.locator('form[action="/api/contact"] button').click();
  await page.locator(".problem-summary").waitFor();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
});

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const pressButton = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function subscribe(page: Page, address: string): Promise<void> {
  await page.goto("/newsletter/");
  await page.getByLabel("E-mail").fill(address);
  await pressButton(page, "Subscribe");
  await page.waitForURL("**/newsletter/check-your-mail/");
}

test.each([true, false])(
  "subscribes, chooses, moves, leaves, comes back and is erased, with JavaScript: %s",
  async (javaScriptEnabled) => {
    const { page, messages } = await openPage({ javaScriptEnabled });
    // axe needs scripts; the pages are the same without.
    const look = async () => expect.soft(javaScriptEnabled ? await accessibilityFindings(page, [390]) : []).toEqual([]);
    const [address, moved] = [`reader-${javaScriptEnabled}@example.org`, `moved-${javaScriptEnabled}@example.org`];
    await page.goto("/newsletter/");
    await page.getByLabel("E-mail").fill("reader.@example.org");
    await pressButton(page, "Subscribe");
    await page.locator(".problem-summary").waitFor();
    await look();
    await page.getByLabel("E-mail").fill(address);
    await pressButton(page, "Subscribe");
    await page.waitForURL("**/newsletter/check-your-mail/");
    await look();

    await page.goto(confirmLink(await mailWith(address)));
    await heading(page, "Confirm your subscription");
    await look();
    await pressButton(page, "Confirm the subscription");
    await heading(page, "Welcome");
    await look();

    await page.getByRole("link", { name: "choose topics and how often" }).click();
    await heading(page, "Your subscription");
    await look();
    const preferences = page.url();
    await page.getByLabel("kafka").check();
    await page.getByLabel("Once a week").check();
    await pressButton(page, "Save");
    await page.locator(".done", { hasText: "Saved." }).waitFor();
    await look();
    await page.goto(preferences);
    expect(await page.getByLabel("kafka").isChecked()).toBe(true);
    expect(await page.getByLabel("Once a week").isChecked()).toBe(true);

    const download = page.waitForEvent("download");
    await pressButton(page, "Download my data");
    const file = await (await download).path();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({
      subscription: { email: address, topics: ["kafka"], rhythm: "weekly" },
    });

    await page.getByLabel("New e-mail address").fill("moved.@example.org");
    await pressButton(page, "Change the address");
    await page.locator(".problem-summary a").waitFor();
    await look();
    await page.getByLabel("New e-mail address").fill(moved);
    await pressButton(page, "Change the address");
    await page.locator(".done", { hasText: "A mail is on its way to the new address." }).waitFor();
    await look();
    await page.goto(confirmLink(await mailWith(moved)));
    await heading(page, "Confirm your new address");
    await look();
    await page.getByRole("button", { name: "Confirm the address" }).press("Enter");
    await heading(page, "Your address is changed");
    await look();
    await page.getByRole("link", { name: "See your subscription" }).click();
    await page.locator(".deck", { hasText: moved }).waitFor();

    await pressButton(page, "Unsubscribe");
    await heading(page, "Unsubscribed");
    await look();
    await pressButton(page, "Subscribe again");
    await heading(page, "Welcome");

    await page.goto(preferences);
    await page.getByLabel("Yes, erase everything.").check();
    await pressButton(page, "Erase my data");
    await heading(page, "Your data is erased");
    await look();
    await page.goto(preferences);
    await heading(page, "This link is not valid");
    await look();
    // A browser tells of every answer that is a refusal, and of an autofocus that the script was faster than.
    expect(messages.filter((message) => !/status of (?:422|400)|Autofocus/.test(message))).toEqual([]);
  },
);

test("confirms and ends nothing for a program that submits the form, and lets a person show that they are one", async () => {
  const { page } = await openPage();
  await subscribe(page, "scanned@example.org");
  const { page: scanner } = await openPage();
  await scanner.addInitScript(() => {
    addEventListener("load", () => {
      const form = document.querySelector<HTMLFormElement>('main form[action^="/newsletter/"]');
      if (form && !document.querySelector(".problem-summary, .deck")) form.submit();
    });
  });
  const showToBeOne = async (button: string) => {
    await scanner.getByText("Your browser did not say that a person pressed the button.").waitFor();
    expect(await accessibilityFindings(scanner, [390])).toEqual([]);
    await scanner.getByLabel("I am a person, and I want this.").check();
    await pressButton(scanner, button);
  };
  await scanner.goto(confirmLink(await mailWith("scanned@example.org")));
  await showToBeOne("Confirm the subscription");
  await heading(scanner, "Welcome");
  await scanner.getByRole("link", { name: "choose topics and how often" }).click();
  // As the link in a mail does: the page with the button alone.
  const token = await scanner.locator('form[action="/newsletter/unsubscribe"] [name="token"]').inputValue();
  await scanner.goto(`/newsletter/unsubscribe?token=${token}`);
  await showToBeOne("Unsubscribe");
  await heading(scanner, "Unsubscribed");
});

test("signs up at the end of any page, and shows mails as pages whose links work", async () => {
  // Tall enough to hold the mail: a click in the moment after scrolling may land in the frame above.
  const { page } = await openPage({ viewport: { width: 1280, height: 1600 } });
  await page.goto("/");
  await page.getByRole("contentinfo").getByLabel("E-mail").fill("mailbox@example.org");
  await page.getByRole("contentinfo").getByRole("button", { name: "Subscribe" }).click();
  await page.waitForURL("**/newsletter/check-your-mail/");
  const mail = await mailWith("mailbox@example.org");
  await page.goto("/__mail/");
  await page.locator(`a[href="/__mail/${mail.id}"]`).click();
  await page.waitForURL(`**/__mail/${mail.id}`);
  await page.locator("pre a").first().click();
  await page.waitForURL(/\/newsletter\/confirm\?token=/);
});

test("narrows the works to a technology in place, and leads to its page without JavaScript", async () => {
  const { page } = await openPage();
  await page.goto("/work/");
  const shown = () => page.locator("[data-technologies]:visible").count();
  const all = await shown();
  const narrow = page.getByRole("navigation", { name: "Technologies" }).getByRole("link", { name: "DynamoDB" });
  await narrow.click();
  expect(await shown()).toBe(1);
  expect(await narrow.getAttribute("aria-current")).toBe("true");
  await page.reload();
  expect(await shown()).toBe(1);
  await page.getByRole("link", { name: "All", exact: true }).click();
  expect(await shown()).toBe(all);
  const { page: plain } = await openPage({ javaScriptEnabled: false });
  await plain.goto("/work/");
  await plain.getByRole("navigation", { name: "Technologies" }).getByRole("link", { name: "DynamoDB" }).click();
  await plain.waitForURL("**/technologies/dynamodb/");
});

test.each(["A4", "Letter"])("prints the curriculum vitae on two sheets of %s", async (format) => {
  const { page } = await openPage();
  await page.goto("/cv/");
  const printed = await page.pdf({ format, margin: { top: "1.5cm", bottom: "1.5cm", left: "1.5cm", right: "1.5cm" } });
  expect((await getDocumentProxy(new Uint8Array(printed))).numPages).toBeLessThanOrEqual(2);
});

const everyKind = [
  "/",
  "/posts/",
  "/posts/exactly-once-in-production/",
  "/posts/iceberg-or-delta/",
  "/tags/",
  "/tags/kafka/",
  "/work/",
  "/work/dynamodb-cost/",
  "/technologies/kafka/",
  "/about/",
  "/cv/",
  "/contact/",
  "/newsletter/",
  "/privacy/",
  "/404.html",
];

test.each(everyKind)("has no accessibility finding on %s, at both widths and in both schemes", async (url) => {
  const { page } = await openPage();
  await page.goto(url);
  expect(await accessibilityFindings(page)).toEqual([]);
});

test.each(everyKind)("does not scroll sideways on %s at 320 px", async (url) => {
  const { page } = await openPage({ viewport: { width: 320, height: 640 } });
  await page.goto(url);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("fades from page to page where the browser can and the reader does not mind motion", async () => {
  for (const [reducedMotion, fades] of [
    ["no-preference", true],
    ["reduce", false],
  ] as const) {
    const { page } = await openPage({ reducedMotion });
    await page.addInitScript(() => {
      addEventListener("pagereveal", (event) =>
        Object.assign(window, { faded: Boolean(Reflect.get(event, "viewTransition")) }),
      );
    });
    await page.goto("/");
    await page.locator("#writing a").first().click();
    await page.locator("article.post h1").waitFor();
    expect(await page.evaluate(() => Reflect.get(window, "faded"))).toBe(fades);
  }
});
