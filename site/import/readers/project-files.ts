/** Finds and reads the files of an old project. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { decodeText } from "../encoding.ts";

export const extensions = /\.(?:md|mdx|markdown|mdown|mkd)$/i;
const ignoredFolders = new Set(["node_modules", "_site", "vendor", "public", "dist", "build"]);

/** What engines make pages of beside Markdown. */
export const otherFormats = /\.(?:html?|adoc|asciidoc|org|rst|textile|njk|liquid|pug|hbs|ipynb)$/i;

/** Files whose names a pattern fits; those of a build, of packages and hidden ones are left aside. */
export async function filesBelow(folder: string, wanted: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.name.startsWith(".") || ignoredFolders.has(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(file, wanted)));
    else if (entry.isFile() && wanted.test(entry.name)) found.push(file);
  }
  return found;
}

/** The nearest folder at or above `folder` that has one of the marks; absent where none has. */
export async function rootAbove(folder: string, marks: readonly string[]): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    for (const mark of marks) if (await exists(path.join(at, mark))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

export function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Text of the first of several files that is there; empty when none is. */
export async function firstText(
  root: string,
  files: readonly string[],
): Promise<{ readonly file: string; readonly text: string }> {
  for (const file of files) {
    const bytes = await readFile(path.join(root, file)).catch(() => undefined);
    if (bytes) return { file, text: decodeText(bytes).text };
  }
  return { file: "", text: "" };
}

export function posix(file: string): string {
  return file.replaceAll(path.sep, "/");
}
