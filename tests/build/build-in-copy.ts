/** Builds a copy of the project in a process of its own, as the builder wants it: in the copy's folder. */
import { type ChildProcess, spawn } from "node:child_process";

export interface Build {
  readonly child: ChildProcess;
  /** Nothing when all went well, else what was printed. */
  readonly report: Promise<string>;
}

export interface BuildWish {
  /** The copy, absolute. */
  readonly project: string;
  /** Folder of the site in it. */
  readonly output?: string;
  /** Of Node. */
  readonly options?: readonly string[];
}

const script = `
  const { buildSite } = await import(process.cwd() + "/build/site.ts");
  const output = process.cwd() + "/" + process.env.OUTPUT;
  const generated = { "#site": output + ".manifest.json", "#previews": output + ".previews.json" };
  await buildSite({ root: process.cwd(), output, generated, cache: process.cwd() + "/.cache", isPreview: false });`;

export function startBuild({ project, output = "_site", options = [] }: BuildWish): Build {
  const child = spawn(process.execPath, [...options, "--input-type=module", "-e", script], {
    cwd: project,
    env: { ...process.env, OUTPUT: output },
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
