import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openNewsletter } from "../../functions/support/newsletter.ts";
import { scanMails } from "../../functions/support/scan-mails.ts";
import { launchChromium } from "../../setup/browser.ts";
import { report } from "../report.ts";

const opened = openNewsletter();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

it("F27: Chromium opens every link of every kind of mail, and stays for half a minute", async () => {
  const scanned = await scanMails(opened.mailbox, browser, 30);
  report("F27", scanned);
  expect(scanned).toMatchObject({ mails: 3, rowsChanged: 0 });
});
