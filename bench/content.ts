/** `npm run bench:content -- [--posts N]`: how long an author waits for `check:content`, with and without the cache. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { corpusPost } from "./corpus.ts";
import { copyDataWithoutPosts } from "./data-without-posts.ts";

const { values } = parseArgs({ options: { posts: { type: "string", default: "1000" } } });
const posts = Number(values.posts);
const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".cache/bench/content");
const rounds = 5;

rmSync(folder, { recursive: true, force: true });
mkdirSync(path.join(folder, "posts"), { recursive: true });
await copyDataWithoutPosts(root, folder);
for (let n = 0; n < posts; n += 1) {
  const { slug, text } = corpusPost(n);
  writeFileSync(path.join(folder, `posts/${slug}.md`), text);
}

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
