/**
 * `npm run bench:edit -- [--posts 1000,10000] [--edits 20]`: how long an author waits in `npm start`, from the saved file to the
 * page: for a changed text, for a changed title in every list, and until a window of Chromium shows the text. The real
 * program in a process of its own, over made posts.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { postsPerPage } from "../site/list-pages.ts";
import { freePort } from "../tests/dev/run-start.ts";
import { launchChromium } from "../tests/setup/browser.ts";
import { writeCorpus } from "./content-folder.ts";
import { corpusPost } from "./corpus.ts";
import { markdownTable } from "./reader/table.ts";

const { values } = parseArgs({
  options: { posts: { type: "string", default: "1000,10000" }, edits: { type: "string", default: "20" } },
});
const root = path.resolve(import.meta.dirname, "..");
const edits = Number(values.edits);
const code = ["_includes", "build", "dev", "functions", "netlify", "scripts", "site"];
const files = ["eleventy.config.ts", "netlify.toml", "package.json"];
/** Between two looks at a page. */
const lookMs = 2;
/** For the build behind an edit to be over, so that edits are measured alone. */
const patienceMs = 300_000;

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`,
);
const rows = [];
for (const posts of values.posts.split(",").map(Number)) rows.push(...(await measure(posts)));
console.log(`\n${markdownTable(rows)}`);

async function measure(posts: number) {
  const project = await projectOf(posts);
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), DATA_DIR: path.join(project, ".data") };
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  try {
    const started = performance.now();
    await until(() => said.includes("Ctrl-C"));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`\n${posts} posts: ready after ${seconds} s, load ${loadavg()[0]?.toFixed(1)}`);
    const author = { project, posts, url: `http://localhost:${port}`, settled: settledAfter(() => said) };
    const texts = await times(edits, (n) => editText(author, n));
    const titles = await times(edits, (n) => editTitle(author, n));
    const windows = await inChromium(author);
    const peak = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
    console.log(`peak of npm start, with its database: ${Math.round(Number(peak) / 1024)} MB`);
    return [
      { posts, edit: "text, served", ...percentiles(texts) },
      { posts, edit: "title, in its lists", ...percentiles(titles) },
      { posts, edit: "text, in a window", ...percentiles(windows) },
    ];
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

interface Author {
  readonly project: string;
  readonly posts: number;
  readonly url: string;
  /** Resolves when everything is built behind the edit that `save` makes. */
  settled(save: () => Promise<void>): Promise<void>;
}

function settledAfter(said: () => string): Author["settled"] {
  const ends = () => said().split("everything else").length;
  return async (save) => {
    const before = ends();
    await save();
    await until(() => ends() > before);
  };
}

async function editText({ project, url, posts, settled }: Author, n: number): Promise<number> {
  const { slug, text } = postOf(posts, n);
  let ms = 0;
  await settled(async () => {
    const mark = `Edited ${n} ${Date.now()}.`;
    const saved = performance.now();
    writeFileSync(path.join(project, `posts/${slug}.md`), text.replace("\n\n[^1]:", ` ${mark}\n\n[^1]:`));
    await pageWith(`${url}/posts/${slug}/`, mark);
    ms = performance.now() - saved;
  });
  return ms;
}

/** The page of the archive and that of a tag: they are rendered last. */
async function editTitle({ project, url, posts, settled }: Author, n: number): Promise<number> {
  const { slug, text, at } = postOf(posts, n);
  const [, tag = ""] = /tags: \[([\w-]+)/.exec(text) ?? [];
  const page = Math.floor((posts - 1 - at) / postsPerPage) + 1;
  let ms = 0;
  await settled(async () => {
    const title = `Called ${n} ${Date.now()}`;
    const saved = performance.now();
    writeFileSync(path.join(project, `posts/${slug}.md`), text.replace(/title: ".*"/, `title: "${title}"`));
    await pageWith(`${url}/posts/${page === 1 ? "" : `page/${page}/`}`, title);
    await pageOfTagWith(`${url}/tags/${tag}/`, title);
    ms = performance.now() - saved;
  });
  return ms;
}

/** One tag has many pages; where the post stands is not worth a calculation. */
async function pageOfTagWith(tag: string, title: string): Promise<void> {
  for (let page = 1; ; page += 1) {
    const response = await fetch(page === 1 ? tag : `${tag}page/${page}/`);
    if (!response.ok) throw new Error(`no page of ${tag} has ${title}`);
    if ((await response.text()).includes(title)) return;
  }
}

async function inChromium({ project, url, posts, settled }: Author): Promise<readonly number[]> {
  const browser = await launchChromium();
  try {
    const { slug, text } = postOf(posts, 0);
    const page = await browser.newPage();
    await page.goto(`${url}/posts/${slug}/`);
    return await times(edits, async (n) => {
      let ms = 0;
      await settled(async () => {
        const mark = `Window ${n} ${Date.now()}.`;
        const saved = performance.now();
        writeFileSync(path.join(project, `posts/${slug}.md`), text.replace("\n\n[^1]:", ` ${mark}\n\n[^1]:`));
        await page.getByText(mark).waitFor();
        ms = performance.now() - saved;
      });
      return ms;
    });
  } finally {
    await browser.close();
  }
}

/** A post somewhere among them, another one for each `n`. */
function postOf(posts: number, n: number) {
  const at = Math.floor((posts * (n + 0.5)) / edits) % posts;
  return { ...corpusPost(at), at };
}

/** The project's code with made posts; what it has kept from an earlier run stays. */
async function projectOf(posts: number): Promise<string> {
  const project = path.join(root, ".cache/bench/edit", String(posts));
  const cache = path.join(project, ".cache");
  const kept = `${project}.kept`;
  if (existsSync(cache)) cpSync(cache, kept, { recursive: true });
  await writeCorpus(root, project, posts);
  for (const name of [...code, ...files]) cpSync(path.join(root, name), path.join(project, name), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
  mkdirSync(cache, { recursive: true });
  if (existsSync(kept)) cpSync(kept, cache, { recursive: true });
  rmSync(kept, { recursive: true, force: true });
  return project;
}

async function pageWith(url: string, text: string): Promise<void> {
  await until(async () => (await (await fetch(url)).text()).includes(text));
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error("nothing happened");
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

async function times(count: number, once: (n: number) => Promise<number>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push(await once(n));
  return all;
}

function percentiles(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { "median ms": at(0.5), "p95 ms": at(0.95), "most ms": at(1) };
}
