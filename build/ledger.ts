/** Holds a finished build against the addresses that were ever published. */
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { ContentError } from "../site/content/problem.ts";
import { isLaterPage } from "../site/list-pages.ts";
import { checkLedger } from "../site/publish/ledger.ts";
import { readNetlifyRules } from "./netlify-rules.ts";
import type { Output } from "./output.ts";

/** Throws ContentError when an address would be lost; gives what writes the new list once the site is in place. */
export async function keepLedger(root: string, output: Output, file: string): Promise<() => Promise<void>> {
  const text = await readFile(path.join(root, file), "utf8").catch(() => "");
  const rules = await readNetlifyRules(root, {
    headers: output.read("/_headers"),
    redirects: output.read("/_redirects"),
  });
  const checked = checkLedger(
    { file, text },
    [...output.urls()].filter(isLasting),
    (address) => rules.redirectFor(address) !== undefined,
  );
  if (checked.problems.length > 0) throw new ContentError(checked.problems);
  return async () => {
    if (checked.text === text) return;
    // Whole or not at all: a list that was cut off would let addresses go.
    const part = path.join(root, `${file}.part`);
    await writeFile(part, checked.text);
    await rename(part, path.join(root, file));
  };
}

/** Pages and feeds; not the later pages of lists, which go when a post goes. */
function isLasting(url: string): boolean {
  return /(?:\/|\.html|\.xml)$/.test(url) && url !== "/404.html" && !isLaterPage(url);
}
