import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../setup/browser.ts";
import { openNewsletter } from "../support/newsletter.ts";
import { scanMails } from "../support/scan-mails.ts";

const opened = openNewsletter();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

it("F27: a browser that opens every link of every kind of mail, runs the pages' scripts and stays, changes no row", async () => {
  const scanned = await scanMails(opened.mailbox, browser, 1);
  expect(scanned).toMatchObject({ mails: 3, rowsChanged: 0 });
  expect(scanned.links).toBeGreaterThan(6);
  expect(scanned.followed).toBeGreaterThan(60);
});
