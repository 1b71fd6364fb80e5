/** Builds other content with the project's code, in a process of its own that a test may hinder or kill. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp } from "node:fs/promises";
import path from "node:path";
import { root } from "../setup/site.ts";

export interface Build {
  readonly child: ChildProcess;
  /** Nothing when all went well, else what was printed. */
  readonly report: Promise<string>;
}

export interface BuildWish {
  /** Has posts/ and _data/, and gets the site and .cache/; absolute. */
  readonly folder: string;
  /** Folder of the site in it. */
  readonly output?: string;
  /** Folder of the cache in it. */
  readonly cache?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where there is a program that binds it to one; elsewhere it has all of them. */
  readonly isOnOneCore?: boolean;
  /** Of Node. */
  readonly options?: readonly string[];
}

/** Good data and no posts. The caller removes it. */
export async function contentFolder(): Promise<string> {
  const all = path.join(root, ".cache/test");
  await mkdir(all, { recursive: true });
  const folder = await mkdtemp(path.join(all, "content-"));
  await cp(path.join(root, "tests/fixtures/good/_data"), path.join(folder, "_data"), { recursive: true });
  return folder;
}

const script = `
  const { buildSite } = await import(process.cwd() + "/build/site.ts");
  const { FOLDER: content, OUTPUT: output, CACHE: cache } = process.env;
  const { generatedIn } = await import(process.cwd() + "/build/generated.ts");
  const generated = generatedIn(output + ".generated");
  await buildSite({ root: process.cwd(), content, output, generated, cache, isPreview: false });`;

const taskset = "/usr/bin/taskset";

export function startBuild(wish: BuildWish): Build {
  const { folder, output = "_site", cache = ".cache", options = [], environment, isOnOneCore = false } = wish;
  const node = [process.execPath, ...options, "--input-type=module", "-e", script];
  const [program = "", ...args] = isOnOneCore && existsSync(taskset) ? [taskset, "-c", "0", ...node] : node;
  const places = { FOLDER: folder, OUTPUT: path.join(folder, output), CACHE: path.join(folder, cache) };
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...places, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const report = new Promise<string>((resolve) =>
    child.on("close", (status) => resolve(status === 0 ? "" : printed || "killed")),
  );
  return { child, report };
}
