/** Broken posts and data files of every kind: each is reported exactly where it is broken, and none stops the program. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadContent } from "../../../site/content/load.ts";
import { formatReport } from "../../../site/content/problem.ts";
import { root } from "../../setup/site.ts";

const fixtures = path.join(root, "tests/fixtures");
const cases = (await readdir(path.join(fixtures, "broken"))).sort();

test("there are at least 80 of them", () => {
  expect(cases.length).toBeGreaterThanOrEqual(80);
});

test.each(cases)("%s", async (name) => {
  const { problems } = await loadContent(await brokenSite(name));
  const told = problems.map(
    ({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`,
  );
  expect(told.sort()).toEqual(await expectedOf(name));
  const report = formatReport(problems);
  expect(report).toMatch(/\n\n\d+ errors?(, \d+ warnings?)? in \d+ files?$/);
  expect(report).not.toMatch(/^\s+at /m);
});

/** A good site with the files of a case in place of its own. */
async function brokenSite(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const from = path.join(fixtures, "broken", name);
  await cp(path.join(fixtures, "good"), folder, { recursive: true });
  await mkdir(path.join(folder, "posts"));
  const replaced = await readdir(path.join(from, "_data")).catch(() => []);
  for (const file of replaced) await rm(path.join(folder, "_data", file), { force: true });
  await cp(from, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

async function expectedOf(name: string): Promise<string[]> {
  const text = await readFile(path.join(fixtures, "broken", name, "expected.txt"), "utf8");
  return text.trimEnd().split("\n").sort();
}
