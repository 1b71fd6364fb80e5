/** `npm run bench:content -- [--posts N]`: how long an author waits for `check:content`, with and without the cache. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { writeCorpus } from "./content-folder.ts";

const { values } = parseArgs({ options: { posts: { type: "string", default: "1000" } } });
const posts = Number(values.posts);
const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".cache/bench/content");
const rounds = 5;

await writeCorpus(root, folder, posts);

const cold = [];
const warm = [];
for (let round = 0; round < rounds; round += 1) {
  rmSync(path.join(folder, ".cache"), { recursive: true, force: true });
  cold.push(seconds());
  warm.push(seconds());
}
console.log(`check:content of ${posts} posts, ${rounds} rounds, seconds of the whole process (median, all)`);
console.log(`nothing cached   ${median(cold)}   ${cold.join(" ")}`);
console.log(`nothing changed  ${median(warm)}   ${warm.join(" ")}`);

function seconds(): string {
  const started = performance.now();
  const run = spawnSync(process.execPath, [path.join(root, "scripts/check-content.ts")], {
    cwd: folder,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return ((performance.now() - started) / 1000).toFixed(2);
}

function median(times: readonly string[]): string | undefined {
  return times.toSorted((a, b) => Number(a) - Number(b))[times.length >> 1];
}
