/** `npm run clean`: drops what builds made and kept. The next one makes all of it anew; posts, data and databases lie elsewhere. */
import { lstatSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
/** What other people's hosts answered to `check:links --external`, which would have to ask them all again. */
const kept = path.join(root, ".cache/links.json");
/** The last ones are what a killed build leaves. */
const folders = ["_site", "_functions", ".cache", "_site.next", "_site.previous", "_functions.next"];

const found = folders.filter((name) => lstatSync(path.join(root, name), { throwIfNoEntry: false }));
for (const name of found) console.log(`${name}: ${(drop(path.join(root, name)) / 1e6).toFixed(1)} MB freed`);
if (found.length === 0) console.log("nothing to clean");

/** Gives bytes. A folder stays when something in it does; a link is dropped, and not what it leads to. */
function drop(file: string): number {
  if (file === kept) return 0;
  const entry = lstatSync(file);
  const inside = entry.isDirectory() ? readdirSync(file).map((name) => drop(path.join(file, name))) : [entry.size];
  const holdsKept = kept.startsWith(file + path.sep) && entry.isDirectory() && readdirSync(file).length > 0;
  if (!holdsKept) rmSync(file, { recursive: true });
  return inside.reduce((sum, bytes) => sum + bytes, 0);
}
