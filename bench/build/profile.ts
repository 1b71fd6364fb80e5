/** Where the time of one of our builds goes: samples of V8, summed by the package or folder that the running code is from. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "../reader/table.ts";
import { type Contestant, ourCommand } from "./contestants.ts";
import type { CorpusTree } from "./corpus-tree.ts";
import { costOf } from "./process-cost.ts";

/** The part that is read. @see https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
interface Profile {
  readonly nodes: readonly ProfileNode[];
  /** Ids of nodes. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** As a table; all threads together. What takes less than a two-hundredth of the time is summed up as the rest. */
export async function profileTable(root: string, tree: CorpusTree, build: Contestant): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "firstflight-profile-"));
  try {
    build.prepare();
    await costOf(ourCommand(tree, build.output, ["--cpu-prof", `--cpu-prof-dir=${folder}`]), root);
    const stages = new Map<string, number>();
    for (const name of readdirSync(folder)) {
      const profile: Profile = JSON.parse(readFileSync(path.join(folder, name), "utf8"));
      for (const [stage, ms] of timeByStage(profile, root)) stages.set(stage, (stages.get(stage) ?? 0) + ms);
    }
    return tableOf(build.title, stages);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeByStage({ nodes, samples, timeDeltas }: Profile, root: string): ReadonlyMap<string, number> {
  const callers = new Map(nodes.flatMap((node) => node.children?.map((child) => [child, node] as const) ?? []));
  const stages = new Map<number, string>();
  for (const node of nodes) {
    let at: ProfileNode | undefined = node;
    let stage: string | undefined;
    // What V8 brings along, such as regular expressions and JSON, and WebAssembly count for the code that calls them.
    for (; at && !stage; at = callers.get(at.id)) stage = stageOf(at.callFrame, root);
    stages.set(node.id, stage ?? "V8");
  }
  const times = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const stage = stages.get(id) ?? "V8";
    if (stage !== "(idle)") times.set(stage, (times.get(stage) ?? 0) + Math.max(0, timeDeltas[at] ?? 0) / 1000);
  }
  return times;
}

/** A package, a part of Node, or a folder of this project. */
function stageOf({ functionName, url }: ProfileNode["callFrame"], root: string): string | undefined {
  if (["(garbage collector)", "(program)", "(idle)"].includes(functionName)) return functionName;
  const [, builtIn] = /^node:(?:internal\/)?(\w+)/.exec(url) ?? [];
  if (builtIn) return `node:${builtIn}`;
  const [, installed] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (installed) return installed;
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  return path.isAbsolute(file) ? path.relative(root, path.dirname(file)) || "." : undefined;
}

function tableOf(title: string, stages: ReadonlyMap<string, number>): string {
  const total = [...stages.values()].reduce((sum, ms) => sum + ms, 0);
  const large = [...stages].filter(([, ms]) => ms >= total / 200).sort(([, a], [, b]) => b - a);
  const rest = total - large.reduce((sum, [, ms]) => sum + ms, 0);
  return markdownTable(
    [...large, ["the rest", rest] as const, ["all", total] as const].map(([stage, ms]) => ({
      [title]: stage,
      ms: Math.round(ms).toLocaleString("en"),
      "%": ((100 * ms) / total).toFixed(1),
    })),
  );
}
