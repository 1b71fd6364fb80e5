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
  /** Lines are counted from 0. */
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Milliseconds, by stage and by function; all threads together. */
interface Times {
  readonly stages: Map<string, number>;
  readonly functions: Map<string, number>;
}

/** As two tables: stages, and the functions that take longest. The clock is the wall's: what disturbs the build is in it. */
export async function profileTables(root: string, tree: CorpusTree, build: Contestant): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "firstflight-profile-"));
  try {
    build.prepare();
    await costOf(ourCommand(tree, build.output, ["--cpu-prof", `--cpu-prof-dir=${folder}`]), root);
    const times: Times = { stages: new Map(), functions: new Map() };
    for (const name of readdirSync(folder))
      addTimes(JSON.parse(readFileSync(path.join(folder, name), "utf8")), root, times);
    return `${tableOf(`${build.title}, by stage`, times.stages, 25)}\n\n${tableOf(`${build.title}, by function`, times.functions, 15)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function addTimes({ nodes, samples, timeDeltas }: Profile, root: string, { stages, functions }: Times): void {
  const owners = ownersOf(nodes, root);
  for (const [at, id] of samples.entries()) {
    const owner = owners.get(id);
    if (!owner || owner.stage === "(idle)") continue;
    const ms = Math.max(0, timeDeltas[at] ?? 0) / 1000;
    stages.set(owner.stage, (stages.get(owner.stage) ?? 0) + ms);
    functions.set(owner.place, (functions.get(owner.place) ?? 0) + ms);
  }
}

interface Owner {
  readonly stage: string;
  /** Function, file and line. */
  readonly place: string;
}

/** What V8 brings along, such as regular expressions and JSON, and WebAssembly count for the code that calls them. */
function ownersOf(nodes: readonly ProfileNode[], root: string): ReadonlyMap<number, Owner> {
  const callers = new Map(nodes.flatMap((node) => node.children?.map((child) => [child, node] as const) ?? []));
  return new Map(
    nodes.map(({ id, callFrame }) => {
      let frame = callFrame;
      let stage = stageOf(frame, root);
      for (let caller = callers.get(id); caller && !stage; caller = callers.get(caller.id)) {
        frame = caller.callFrame;
        stage = stageOf(frame, root);
      }
      const { functionName, url, lineNumber } = frame;
      const place = url ? `, ${stage} ${path.basename(url)}:${lineNumber + 1}` : "";
      return [id, { stage: stage ?? "V8", place: `${functionName || "(anonymous)"}${place}` }];
    }),
  );
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

/** The longest `count`, and the sum of the rest. */
function tableOf(title: string, times: ReadonlyMap<string, number>, count: number): string {
  const sum = (of: Iterable<readonly [string, number]>) => [...of].reduce((all, [, ms]) => all + ms, 0);
  const sorted = [...times].sort(([, a], [, b]) => b - a);
  const total = sum(sorted);
  const rows = [...sorted.slice(0, count), ["the rest", sum(sorted.slice(count))] as const, ["all", total] as const];
  return markdownTable(
    rows.map(([name, ms]) => ({
      [title]: name,
      ms: Math.round(ms).toLocaleString("en"),
      "%": ((100 * ms) / total).toFixed(1),
    })),
  );
}
