/** Holds a finished build against the addresses that were ever published. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ContentError } from "../site/content/problem.ts";
import { isLaterPage } from "../site/list-pages.ts";
import { checkLedger } from "../site/publish/ledger.ts";
import { readNetlifyRules } from "./netlify-rules.ts";

/** Throws ContentError when an address would be lost; gives what writes the new list once the site is in place. */
export async function keepLedger(root: string, staging: string, file: string): Promise<() => Promise<void>> {
  const text = await readFile(path.join(root, file), "utf8").catch(() => "");
  const built = (name: string) => readFile(path.join(staging, name), "utf8");
  const rules = await readNetlifyRules(root, {
    headers: await built("_headers"),
    redirects: await built("_redirects"),
  });
  const checked = checkLedger(
    { file, text },
    await addresses(staging),
    (address) => rules.redirectFor(address) !== undefined,
  );
  if (checked.problems.length > 0) throw new ContentError(checked.problems);
  return async () => {
    if (checked.text !== text) await writeFile(path.join(root, file), checked.text);
  };
}

/** Pages and feeds of a built site, as paths from its origin; not the later pages of lists, which go when a post goes. */
async function addresses(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(html|xml)$/.test(entry.name) && entry.name !== "404.html")
    .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/")}`)
    .map((file) => file.replace(/\/index\.html$/, "/"))
    .filter((path) => !isLaterPage(path));
}
