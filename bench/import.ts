/**
 * `npm run bench:import -- FOLDER…`: imports old blogs into empty sites, builds these, and says whether anything was lost: links
 * that lead nowhere and were not reported, words that the posts had and have no more. What it finds lies in .cache/bench/import/.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { readSiteConfig } from "../site/config.ts";
import { importBlog } from "../site/import/import.ts";
import { importReport } from "../site/import/report.ts";
import { copyDataWithoutPosts } from "./data-without-posts.ts";
import { linkFigures } from "./import-links.ts";
import { lostWords } from "./import-words.ts";

const root = path.resolve(import.meta.dirname, "..");
const cwd = readSiteConfig(root).calledFrom;
const program = ["_includes", "build", "functions", "netlify", "scripts", "site", "doctor"];
const settings = ["eleventy.config.ts", "netlify.toml", "package.json"];

const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length === 0) console.error("Name the folders of old blogs: npm run bench:import -- FOLDER…");
for (const source of positionals) {
  const name = path.resolve(cwd, source).split(path.sep).slice(-4).join("-");
  const project = path.join(root, ".cache/bench/import", name);
  await makeProject(project);
  const before = performance.now();
  const outcome = await importBlog({
    source,
    cwd,
    target: path.join(project, "posts"),
    isDryRun: false,
    zone: "UTC",
    host: "example.com",
    now: new Date(),
  });
  const importSeconds = (performance.now() - before) / 1000;
  keep(project, "report.txt", importReport(outcome, { isDryRun: false, paint: (_kind, text) => text }));
  const words = await lostWords(source, cwd, path.join(project, "posts"));
  keep(project, "words.txt", words.text);
  const content = run(project, "check-content.ts");
  const build = run(project, "build.ts");
  if (build.status !== 0) throw new Error(`The site of ${source} is not built; see ${project}/build.txt.`);
  const links = await linkFigures(project, outcome.problems, run(project, "check-links.ts", "--json").output);
  keep(project, "unexplained.txt", links.unexplained.join("\n"));
  console.log(`\n${source} (${outcome.engine})`);
  console.table({
    posts: outcome.written.length,
    "files beside posts": outcome.copied,
    aliases: links.aliases,
    "import, s": importSeconds.toFixed(1),
    "mistakes that check:content finds": content.errors,
    "build, s": build.seconds.toFixed(1),
    "links within the site": links.checked,
    "of these dead": links.dead,
    "dead and not reported": links.unexplained.length,
    "posts with other words": words.posts,
  });
  console.log("reported:", countsOf(outcome.problems.map(({ code }) => code)));
}

/** The site of this repository, without its posts. */
async function makeProject(project: string): Promise<void> {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(path.join(project, "posts"), { recursive: true });
  for (const one of [...program, ...settings])
    cpSync(path.join(root, one), path.join(project, one), { recursive: true });
  await copyDataWithoutPosts(root, project);
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
}

function run(project: string, script: string, ...options: readonly string[]) {
  const before = performance.now();
  const file = path.join(project, "scripts", script);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...options], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  keep(project, script.replace(".ts", ".txt"), stdout + stderr);
  const errors = stdout.match(/^\S+:\d+:\d+ error /gm)?.length ?? 0;
  return { status, output: stdout, errors, seconds: (performance.now() - before) / 1000 };
}

function keep(project: string, file: string, text: string): void {
  writeFileSync(path.join(project, file), text);
}

function countsOf(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${code} ${count}`).join(", ");
}
