import { randomBytes } from "node:crypto";
import { utimes } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { checkLastBuild } from "../../doctor/last-build.ts";
import { budgets } from "../../site/budgets.ts";
import { headerBytes } from "../../site/weight/bytes.ts";
import { post, siteInAFolder } from "../site/site-in-a-folder.ts";

/** Chance, which no compression makes smaller than these bytes. */
const noise = (bytes: number) => randomBytes(bytes).toString("latin1");
/** Those that a host's edge adds to pages without headers of their own. */
const headers = headerBytes({});
const page = "<!doctype html><title>A page</title>";
const site = {
  "posts/2026-01-01-a.md": post(),
  "_site/index.html": page,
  "_site/posts/index.html": page,
  "_site/posts/a/index.html": `${page}<script src="/assets/page-1.js" defer></script>`,
  "_site/assets/page-1.js": "console.log(1)",
};

async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await siteInAFolder({ ...site, ...files });
  await touch(folder, "_site/index.html", 2100);
  return folder;
}

/** A moment in a year to come, or long gone, so that no clock matters. */
const touch = (folder: string, file: string, year: number) =>
  utimes(path.join(folder, file), new Date(`${year}-01-01`), new Date(`${year}-01-01`));

const said = async (folder: string) =>
  (await checkLastBuild(folder)).map(({ state, subject, detail }) => `${state} ${subject}: ${detail}`);

test("is content with a light site that is newer than its sources", async () => {
  expect(await said(await built({}))).toEqual([
    "ok _site: newer than posts and data",
    "ok articles: all within 14,600 bytes",
    "ok home and lists: all within 9,000 bytes",
    "ok scripts: all within 1,500 bytes",
  ]);
});

test("sees that there is no build, or one older than a post", async () => {
  expect(await said(await siteInAFolder({}))).toEqual(["missing _site: not built here"]);
  const folder = await built({});
  await touch(folder, "posts/2026-01-01-a.md", 2101);
  expect((await said(folder))[0]).toBe("wrong _site: older than posts/2026-01-01-a.md");
});

test.each([
  ["articles", "/posts/a/", budgets.firstFlightBytes - headers, "_site/posts/a/index.html"],
  ["home and lists", "/", budgets.listMaxBytes - headers, "_site/index.html"],
  ["home and lists", "/tags/x/", budgets.listMaxBytes - headers, "_site/tags/x/index.html"],
  ["home and lists", "/posts/page/2/", budgets.listMaxBytes - headers, "_site/posts/page/2/index.html"],
  ["scripts", "/posts/a/", budgets.scriptMaxBytes, "_site/assets/page-1.js"],
])("names what is too heavy among the %s: %s", async (subject, url, maxBytes, file) => {
  const lines = await said(await built({ [file]: page + noise(maxBytes) }));
  expect(lines.filter((line) => line.startsWith("wrong"))).toEqual([
    expect.stringMatching(new RegExp(`^wrong ${subject}: over .*: ${url} \\d`)),
  ]);
});

test("never keeps the site from being published", async () => {
  const findings = await checkLastBuild(await built({ "_site/index.html": noise(20_000) }));
  expect(findings.map(({ blocks }) => blocks)).not.toContain(true);
});
