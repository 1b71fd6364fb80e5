/** A real Chromium: the machine's own, or else the one that npm brought. */
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Chromium's own errands are switched off: nothing but the page may use the network. */
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Without those of Playwright's own switches that are in `except`. */
export async function launchChromium(except: readonly string[] = []): Promise<Browser> {
  const { executablePath, args } = await chromiumExecutable();
  return chromium.launch({ executablePath, args: [...args], ignoreDefaultArgs: [...except] });
}

export interface Executable {
  readonly executablePath: string;
  readonly args: readonly string[];
}

export async function chromiumExecutable(): Promise<Executable> {
  const installed = process.env["CHROMIUM_PATH"] || usualPlaces.find((place) => existsSync(place));
  if (installed) return { executablePath: installed, args: quiet };
  const { default: bundled } = await import("@sparticuz/chromium");
  return { executablePath: await bundled.executablePath(), args: [...bundled.args, ...quiet] };
}

/** The program that {@link launchChromium} starts. */
export async function chromiumPath(): Promise<string> {
  return (await chromiumExecutable()).executablePath;
}
