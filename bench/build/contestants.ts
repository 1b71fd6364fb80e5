/** Who is measured, in the order of a round, and what has to be there or gone before each. */
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { CorpusTree } from "./corpus-tree.ts";

export type Name = "floor" | "hugo" | "hugoPlain" | "cold" | "warm" | "siteKept" | "edited";

export interface Contestant {
  readonly name: Name;
  /** For people. */
  readonly title: string;
  readonly command: readonly string[];
  /** Folder of what it writes, absolute. */
  readonly output: string;
  prepare(): void;
  /** Takes back what `prepare` changed in the posts. */
  restore?(): void;
}

export interface Hugo {
  readonly binary: string;
  readonly version: string;
}

const here = import.meta.dirname;

/** HUGO in the environment, or what the path has. */
export function findHugo(): Hugo | undefined {
  const binary = process.env["HUGO"] || "hugo";
  const [, version] = /v(\d[\d.]*)/.exec(spawnSync(binary, ["version"], { encoding: "utf8" }).stdout ?? "") ?? [];
  return version ? { binary, version } : undefined;
}

export function floor(tree: CorpusTree, outputs: string): Contestant {
  const output = path.join(outputs, "floor");
  const command = [process.execPath, path.join(here, "floor.ts"), path.join(tree.content, "posts"), output];
  return { name: "floor", title: "floor", command, output, prepare: () => drop(output) };
}

/** With blocks of code in colours, and without. Neither keeps anything from one build to the next. */
export function hugos({ binary, version }: Hugo, tree: CorpusTree, outputs: string): readonly Contestant[] {
  const one = (name: Name, title: string, settings: string): Contestant => {
    const output = path.join(outputs, name);
    const folders = ["--source", path.join(here, "hugo"), "--contentDir", tree.content, "--destination", output];
    const command = [binary, "--quiet", "--noBuildLock", "--config", settings, ...folders];
    return { name, title, command, output, prepare: () => drop(output) };
  };
  return [
    one("hugo", `Hugo ${version}`, "hugo.toml"),
    one("hugoPlain", `Hugo ${version}, highlighting off`, "hugo.toml,plain.toml"),
  ];
}

/** Pictures and cards are kept throughout: what they cost is paid once for each of them, not by a build. */
export function ours(tree: CorpusTree, outputs: string): readonly Contestant[] {
  const output = path.join(outputs, "ours");
  const command = ourCommand(tree, output);
  const cold = () => {
    drop(output);
    dropCaches(tree.cache);
  };
  return [
    { name: "cold", title: "ours, cold", command, output, prepare: cold },
    { name: "warm", title: "ours, warm", command, output, prepare: () => drop(output) },
    { name: "siteKept", title: "ours, warm, site kept", command, output, prepare() {} },
    { name: "edited", title: "ours, one post edited", command, output, prepare: tree.edit, restore: tree.restore },
  ];
}

/** As `npm run build` has it, see package.json: a third less memory for the same processor time. */
const youngSpace = ["--max-semi-space-size=4"];

/** `options` are those of Node. */
export function ourCommand(tree: CorpusTree, output: string, options: readonly string[] = []): readonly string[] {
  return [process.execPath, ...youngSpace, ...options, path.join(here, "ours.ts"), tree.content, output, tree.cache];
}

function dropCaches(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== "cards" && name !== "pictures") drop(path.join(folder, name));
  }
}

function drop(file: string): void {
  rmSync(file, { recursive: true, force: true });
}
