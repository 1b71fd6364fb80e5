/** One page in a real Chromium: what it fetches, says, shows and breaks. */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { charactersPerLine, paintTimes, watchPaint } from "./in-page.ts";

export interface Visit {
  /** Everything the console got, and every error of a script. */
  readonly messages: readonly string[];
  /** The page itself included. */
  readonly requests: number;
  /** Addresses on any other origin. */
  readonly foreign: readonly string[];
  /** Median of three cold loads on a slow phone's connection. */
  readonly lcpMs: number;
  /** The worst of them, scrolled to the end. */
  readonly cls: number;
  /** Rules of axe that are broken, with the circumstances: `color-contrast (390 dark)`. */
  readonly findings: readonly string[];
  /** The page scrolls sideways at 320 px. */
  readonly isSideways: boolean;
  /** Of its longest paragraph, by width of the window; absent where there is none of three lines. */
  readonly charactersPerLine: Readonly<Record<"390" | "1280", number | undefined>>;
}

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 900 } };
/** 1.6 Mbit/s and 150 ms, and a processor a quarter as fast: what Lighthouse takes for a phone. */
const slowNetwork = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const slowDown = 4;

export async function visit(browser: Browser, url: string): Promise<Visit> {
  const loads = [await coldLoad(browser, url), await coldLoad(browser, url), await coldLoad(browser, url)];
  const [first] = loads;
  const look = <T>(options: BrowserContextOptions, act: (page: Page) => Promise<T>) =>
    inContext(browser, options, url, act);
  return {
    messages: first?.messages ?? [],
    requests: first?.addresses.length ?? 0,
    foreign: (first?.addresses ?? []).filter((address) => new URL(address).origin !== new URL(url).origin),
    lcpMs: loads.map(({ lcpMs }) => lcpMs).toSorted((a, b) => a - b)[1] ?? 0,
    cls: Math.max(...loads.map(({ cls }) => cls)),
    findings: await findings(look),
    isSideways: await look({ viewport: { width: 320, height: 800 } }, (page) =>
      page.evaluate(() => document.documentElement.scrollWidth > 320),
    ),
    charactersPerLine: {
      "390": await look(phone, (page) => page.evaluate(charactersPerLine)),
      "1280": await look(desktop, (page) => page.evaluate(charactersPerLine)),
    },
  };
}

interface Load {
  readonly messages: readonly string[];
  readonly addresses: readonly string[];
  readonly lcpMs: number;
  readonly cls: number;
}

async function coldLoad(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const messages: string[] = [];
  const addresses: string[] = [];
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => addresses.push(request.url()));
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.emulateNetworkConditions", slowNetwork);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
  await page.addInitScript(watchPaint);
  await page.goto(url, { waitUntil: "networkidle" });
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await page.waitForLoadState("networkidle");
  const { lcpMs, cls } = await page.evaluate(paintTimes);
  await context.close();
  // A counter that asks how often the page was read comes after it, and is no part of reading.
  return { messages, addresses: addresses.filter((address) => !address.includes("/api/")), lcpMs, cls };
}

type Look = <T>(options: BrowserContextOptions, act: (page: Page) => Promise<T>) => Promise<T>;

async function findings(look: Look): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const options of [phone, desktop]) {
      const { violations } = await look({ ...options, colorScheme, reducedMotion: "reduce" }, (page) =>
        new AxeBuilder({ page }).setLegacyMode().analyze(),
      );
      found.push(...violations.map(({ id }) => `${id} (${options.viewport.width} ${colorScheme})`));
    }
  }
  return found;
}

async function inContext<T>(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await act(page);
  } finally {
    await context.close();
  }
}
