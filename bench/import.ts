/** `npm run bench:import -- FOLDER…`: imports old blogs into empty sites, builds these, checks their links, and compares the words. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { importBlog } from "../site/import/import.ts";
import { readers, recognise } from "../site/import/recognise.ts";
import { importReport } from "../site/import/report.ts";
import { lostWords } from "./lost-words.ts";

const root = path.resolve(import.meta.dirname, "..");
const { positionals } = parseArgs({ allowPositionals: true });
const cwd = process.env["INIT_CWD"] ?? process.cwd();
const sources = ["_includes", "build", "functions", "netlify", "scripts", "site", "doctor"];
const files = ["eleventy.config.ts", "netlify.toml", "package.json", "tsconfig.json", "types.d.ts"];

for (const source of positionals) {
  const name = path.resolve(cwd, source).split(path.sep).slice(-3).join("-");
  const project = path.join(root, ".cache/bench/import", name);
  fresh(project);
  const started = performance.now();
  const outcome = await importBlog({
    source,
    cwd,
    target: path.join(project, "posts"),
    isDryRun: false,
    zone: "UTC",
    host: "example.com",
    now: new Date(),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  writeFileSync(
    path.join(project, "report.txt"),
    importReport(outcome, { isDryRun: false, paint: (_kind, text) => text }),
  );
  const byKind: Record<string, number> = {};
  for (const { code } of outcome.problems) byKind[code] = (byKind[code] ?? 0) + 1;
  console.log(name, outcome.engine, outcome.written.length, "posts", outcome.copied, "files", seconds, "s", byKind);
  const place = { path: path.resolve(cwd, source), label: source };
  const blog = await readers[await recognise(place)](place, { zone: "UTC" });
  writeFileSync(path.join(project, "words.txt"), await lostWords(blog, path.join(project, "posts")));
  run(project, "scripts/check-content.ts", "content.txt");
  run(project, "scripts/build.ts", "build.txt");
  run(project, "scripts/check-links.ts", "links.txt");
}

function fresh(project: string): void {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(path.join(project, "posts"), { recursive: true });
  for (const folder of sources) cpSync(path.join(root, folder), path.join(project, folder), { recursive: true });
  for (const file of files) cpSync(path.join(root, file), path.join(project, file));
  cpSync(path.join(root, "_data"), path.join(project, "_data"), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
}

function run(project: string, script: string, into: string): void {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(project, script)], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  writeFileSync(path.join(project, into), stdout + stderr);
  const last = (stdout + stderr).trimEnd().split("\n").at(-1);
  console.log(" ", script, status, ((performance.now() - started) / 1000).toFixed(1), "s", last);
}
