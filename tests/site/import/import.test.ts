/** Blogs of other engines: what they become, what is reported, and what a second import leaves alone. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadContent } from "../../../site/content/load.ts";
import { importBlog } from "../../../site/import/import.ts";
import { importReport } from "../../../site/import/report.ts";
import { root } from "../../setup/site.ts";

const engines = [
  "hugo",
  "jekyll",
  "eleventy",
  "zola",
  "astro",
  "gatsby",
  "next",
  "ghost",
  "wordpress",
  "medium",
  "devto",
] as const;
const aside = "tests/fixtures/import";

test.each(engines)("makes a blog of %s a good site, and reports what it could not carry over", async (engine) => {
  const site = await emptySite();
  const outcome = await importInto(site, engine);
  expect(outcome.engine).toBe(engine);
  const { problems } = await loadContent(site);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const report = importReport(outcome, { isDryRun: false, paint: (_kind, text) => text });
  await expect(`${report}\n`).toMatchFileSnapshot(path.join(root, aside, `${engine}.report.txt`));
  await expect(await textsOf(site)).toMatchFileSnapshot(path.join(root, aside, `${engine}.posts.txt`));
});

test.each(engines)("leaves everything from %s as it is when it is imported again", async (engine) => {
  const site = await emptySite();
  const { written } = await importInto(site, engine);
  const before = await textsOf(site);
  const again = await importInto(site, engine);
  expect(again).toMatchObject({ written: [], unchanged: written, skipped: [], copied: 0 });
  expect(await textsOf(site)).toBe(before);
});

test("never overwrites a post that its author has changed since", async () => {
  const site = await emptySite();
  await importInto(site, "hugo");
  const [post = ""] = (await readdir(path.join(site, "posts"), { recursive: true })).filter((one) =>
    one.endsWith(".md"),
  );
  const file = path.join(site, "posts", post);
  await writeFile(file, "mine");
  const report = importReport(await importInto(site, "hugo"), { isDryRun: false, paint: (_kind, text) => text });
  expect(await readFile(file, "utf8")).toBe("mine");
  expect(report).toMatch(/1 skipped/);
});

async function emptySite(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(path.join(root, "tests/fixtures/good"), folder, { recursive: true });
  await mkdir(path.join(folder, "posts"));
  return folder;
}

function importInto(site: string, engine: string) {
  return importBlog({
    source: `${aside}/${engine}`,
    cwd: root,
    target: path.join(site, "posts"),
    isDryRun: false,
    zone: "Europe/Berlin",
    host: "blog.example",
    now: new Date("2026-11-24T12:00:00Z"),
  });
}

/** All posts in the order of their names, each below a line with its name. */
async function textsOf(site: string): Promise<string> {
  const names = (await readdir(path.join(site, "posts"), { recursive: true })).filter((name) => name.endsWith(".md"));
  const texts = names
    .sort()
    .map(async (name) => `==> ${name}\n${await readFile(path.join(site, "posts", name), "utf8")}`);
  return (await Promise.all(texts)).join("\n");
}
