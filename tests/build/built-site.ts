/** The built site as tests ask it. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type HTMLElement, parse } from "node-html-parser";
import { builtSite } from "../setup/site.ts";

export interface BuiltPage {
  /** Path from the origin. */
  readonly url: string;
  readonly text: string;
  readonly document: HTMLElement;
}

/** Every HTML page of a built site, the repository's own unless told otherwise. */
export async function builtPages(folder = builtSite): Promise<readonly BuiltPage[]> {
  const files = (await builtFiles(folder)).filter((file) => file.endsWith(".html"));
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(folder, file), "utf8");
      return {
        url: `/${file.replace(/index\.html$/, "")}`,
        text,
        document: parse(text, { blockTextElements: { script: true, style: true } }),
      };
    }),
  );
}

/** Paths from the site's folder, with forward slashes. */
export async function builtFiles(folder = builtSite): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}
