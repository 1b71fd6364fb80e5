/**
 * `npm run bench:build -- [--posts 100,1000,5000] [--rounds 3] [--only ours,floor,hugo] [--profile]`: what a build costs beside
 * the least that it can cost and beside Hugo, whole processes over the same posts. Prints Markdown; HUGO names another binary.
 */
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { findHugo, floor, hugos, ours } from "./build/contestants.ts";
import { corpusTree } from "./build/corpus-tree.ts";
import { goalsTable, growthGoal } from "./build/goals.ts";
import { costOf } from "./build/process-cost.ts";
import { profileTables } from "./build/profile.ts";
import { measure, type Results } from "./build/rounds.ts";
import { growthTable, resultsTable, whole } from "./build/show.ts";

const { values } = parseArgs({
  options: {
    posts: { type: "string", default: "100,1000,5000" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "ours,floor,hugo" },
    profile: { type: "boolean", default: false },
  },
});
const only = new Set(values.only.split(","));
const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".cache/bench/build");
const hugo = findHugo();
const sizes = new Map<number, Results>();

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; load ${loadavg()[0]?.toFixed(1)}`,
);
if (only.has("hugo") && !hugo) console.log("\nNo Hugo on this machine (HUGO=path names one): its rows are left out.");
for (const posts of values.posts.split(",").map(Number)) await measureSize(posts);
console.log(`\n${growthTable(sizes)}`);
print(growthGoal(sizes));

async function measureSize(posts: number): Promise<void> {
  const tree = await corpusTree(root, path.join(folder, String(posts)), posts);
  const outputs = path.join(folder, "out");
  const our = only.has("ours") ? ours(tree, outputs) : [];
  // Makes pictures and cards, which no build that counts has to make.
  if (our[0]) await costOf(our[0].command, root);
  const contestants = [
    ...(only.has("floor") ? [floor(tree, outputs)] : []),
    ...(only.has("hugo") && hugo ? hugos(hugo, tree, outputs) : []),
    ...our,
  ];
  const results = await measure(contestants, root, Number(values.rounds));
  requireSamePages(results);
  sizes.set(posts, results);
  console.log(`\n${whole(posts)} posts, median of ${values.rounds}`);
  print(resultsTable(results));
  print(goalsTable(posts, results));
  if (!values.profile) return;
  for (const build of our.filter(({ name }) => name === "cold" || name === "warm")) {
    print(await profileTables(root, tree, build));
  }
}

/** A peer that makes less would be compared all the same. */
function requireSamePages(results: Results): void {
  const counts = (["floor", "hugo", "hugoPlain"] as const).flatMap((name) => results.get(name)?.pages ?? []);
  if (new Set(counts).size > 1) throw new Error(`Floor and Hugo do not make the same pages: ${counts.join(", ")}`);
}

function print(table: string): void {
  if (table) console.log(`\n${table}`);
}
