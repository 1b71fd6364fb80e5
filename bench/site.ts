/** `npm run bench`: builds as production does, then prints what a reader downloads and what a function loads. Sizes are exact, times are this machine's. */
import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { brotliCompressSync, constants } from "node:zlib";
import { bundleFunctions } from "../build/functions.ts";
import { generatedIn } from "../build/generated.ts";
import { buildSite } from "../build/site.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".cache/bench/pages");
const site = path.join(folder, "site");
const functions = path.join(folder, "functions");
const generated = generatedIn(folder);
const builds = 5;

await rm(folder, { recursive: true, force: true });
const times: number[] = [];
for (let n = 0; n < builds; n++) {
  const started = performance.now();
  await buildSite({ root, output: site, generated, cache: folder, isPreview: false });
  times.push(performance.now() - started);
}
await bundleFunctions(root, functions, generated);

console.log("Pages: bytes as brotli 11, styles and inline scripts included; ten packets hold 14,600 with headers\n");
console.table(await sizes(site, (file) => file.endsWith(".html") || file.endsWith(".js")));
console.log("Functions: bytes of the bundle, as it is and as brotli\n");
console.table(await sizes(functions, () => true));
const sorted = times.toSorted((a, b) => a - b).map(Math.round);
console.log(
  `Build in one process, ${builds} times: first, with everything to make, ${Math.round(times[0] ?? 0)} ms, median ${sorted[builds >> 1]} ms, fastest ${sorted[0]} ms`,
);

async function sizes(
  of: string,
  wanted: (file: string) => boolean,
): Promise<Record<string, { bytes: number; brotli: number }>> {
  const entries = await readdir(of, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const rows = await Promise.all(
    files.sort().map(async (file) => {
      const content = await readFile(file);
      const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
      return [path.relative(of, file), { bytes: content.length, brotli }] as const;
    }),
  );
  return Object.fromEntries(rows);
}
