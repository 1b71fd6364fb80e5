/** What the pages of each part of the site carry inside them, so that the policy of that part names nothing else. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Assets, InlineAsset } from "../site/publish/assets.ts";
import { type Area, areaPath } from "../site/publish/headers.ts";

const pagesAtOnce = 64;

/** `folder` is a built site, absolute; the pages of `alone` are areas of their own besides. */
export async function areasOf(folder: string, assets: Assets, alone: ReadonlySet<string>): Promise<readonly Area[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html")).sort();
  const carried = new Map<string, Set<string>>();
  for (let at = 0; at < files.length; at += pagesAtOnce) {
    const some = files.slice(at, at + pagesAtOnce);
    const pages = await Promise.all(some.map((file) => readFile(path.join(folder, file), "utf8")));
    for (const [index, page] of pages.entries()) {
      const url = urlOf(some[index] ?? "");
      // The area first: the later rule wins.
      for (const area of [areaPath(url), alone.has(url) ? url : undefined])
        if (area) carried.set(area, (carried.get(area) ?? new Set()).union(inlineOf(page)));
    }
  }
  return [...carried].map(([path, contents]) => ({ path, ...known(contents, assets) }));
}

/** The area of one page. */
export function areaOf(url: string, page: string, assets: Assets): Area {
  return { path: areaPath(url) ?? url, ...known(inlineOf(page), assets) };
}

function urlOf(file: string): string {
  return `/${file.split(path.sep).join("/")}`.replace(/\/index\.html$/, "/");
}

function inlineOf(page: string): Set<string> {
  return new Set([...page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(([, , content = ""]) => content));
}

/** What an author has written into a page is none of ours, and stays forbidden. */
function known(contents: ReadonlySet<string>, { styles, themeScript, pairScript }: Assets): Omit<Area, "path"> {
  const hashes = (assets: readonly InlineAsset[]) =>
    assets.filter(({ content }) => contents.has(content.markup)).map(({ hash }) => hash);
  return { styles: hashes(Object.values(styles)), scripts: hashes([themeScript, pairScript]) };
}
