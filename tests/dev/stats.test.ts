/** `npm run stats` and `npm run views:pull` as the owner runs them, on each database there may be. */
import { spawn } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { holdDataDirectory } from "../../dev/data-directory.ts";
import { tellAddress } from "../../dev/project-database.ts";
import { openDatabase } from "../../functions/lib/store/database.ts";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { mostRead } from "../../site/content/blog.ts";
import { loadBlog } from "../../site/content/load.ts";
import { migrated, migrations } from "../setup/migrated.ts";
import { root } from "../setup/site.ts";
import { post, siteInAFolder } from "../site/site-in-a-folder.ts";

/** Each of them makes databases and runs commands. */
const slow = { timeout: 180_000 };

async function project(): Promise<string> {
  const folder = await siteInAFolder({
    "posts/2026-01-01-a.md": post(),
    "posts/2026-01-02-b.md": post({ aliases: "[/posts/once/]" }),
    "posts/2026-01-03-c.md": post(),
  });
  await cp(migrations, path.join(folder, "netlify/database/migrations"), { recursive: true });
  return folder;
}

/** With nothing of this machine's environment in the way but what the test gives. */
async function run(script: string, folder: string, env: Readonly<Record<string, string>> = {}, options: string[] = []) {
  const child = spawn(process.execPath, [path.join(root, `scripts/${script}.ts`), ...options], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], SYSTEMROOT: process.env["SYSTEMROOT"], ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output };
}

/** A migrated database with views of three posts, one of them under an older name. */
async function filled(folder?: string) {
  const embedded = await openEmbedded(folder ? { folder } : {});
  await migrated(embedded.url);
  const database = openDatabase(embedded.url);
  await database.run((sql) => sql`INSERT INTO view_total VALUES ('a', 7), ('b', 1000), ('once', 234), ('gone', 5)`);
  await database.run((sql) => sql`INSERT INTO view_day SELECT (now() AT TIME ZONE 'UTC')::date - 1, 'a', 7`);
  await database.close();
  return embedded;
}

test("reads the configured database, and the build then knows what is read most", slow, async () => {
  const folder = await project();
  const embedded = await filled();
  onTestFinished(embedded.close);
  const env = { DATABASE_URL: embedded.url };
  const stats = await run("stats", folder, env);
  expect(stats.output).toMatch(/^a +7 +7 +█ *$/m);
  expect(stats.output).toContain("2 more, not read in these days");
  expect(stats.status).toBe(0);
  const json = await run("stats", folder, env, ["b", "--json"]);
  expect(JSON.parse(json.output)).toMatchObject({
    total: 1234,
    posts: [{ slug: "b", views: 0, total: 1234, days: [] }],
  });
  const pulled = await run("views-pull", folder, env);
  expect(pulled).toMatchObject({
    status: 0,
    output: expect.stringContaining("_data/views.json: 1,241 views of 3 posts"),
  });
  expect(JSON.parse(await readFile(path.join(folder, "_data/views.json"), "utf8"))).toEqual({
    asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    posts: { a: 7, b: 1234, c: 0 },
  });
  expect(mostRead(await loadBlog(folder)).map(({ slug }) => slug)).toEqual(["b", "a"]);
});

test("reads the database of npm start, whether that runs or not", slow, async () => {
  const folder = await project();
  const data = path.join(folder, ".data");
  const nothing = await run("stats", folder);
  expect(nothing).toMatchObject({ status: 1, output: expect.stringContaining("There is no database") });
  // As npm start does while it runs.
  const held = await holdDataDirectory(data);
  const embedded = await filled(path.join(data, "database"));
  expect((await run("stats", folder)).output).toContain("about to begin or to end");
  await tellAddress(data, embedded.url);
  expect(await run("stats", folder)).toMatchObject({ status: 0, output: expect.stringMatching(/^a +7 +7 +█ *$/m) });
  await embedded.close();
  held.release();
  expect(await run("stats", folder)).toMatchObject({ status: 0, output: expect.stringMatching(/^a +7 +7 +█ *$/m) });
  // It has let go of the folder.
  (await holdDataDirectory(data)).release();
});

test.each([
  [["a", "b"], "One post at a time"],
  [["--days", "0"], "--days is a whole number"],
  [["--dayz", "3"], "npm run stats"],
])("says what is wrong with %j, without a stack", async (options, words) => {
  const { status, output } = await run("stats", await project(), {}, options);
  expect([status, output]).toEqual([1, expect.stringContaining(words)]);
  expect(output).not.toMatch(/^\s+at /m);
});

test("says in a line that the configured database does not answer, or has no tables yet", slow, async () => {
  const folder = await project();
  const down = await run("stats", folder, { DATABASE_URL: "postgres://postgres@127.0.0.1:1/postgres" });
  expect(down).toEqual({ status: 1, output: "The database does not answer (ECONNREFUSED).\n" });
  const empty = await openEmbedded();
  onTestFinished(empty.close);
  const bare = await run("views-pull", folder, { DATABASE_URL: empty.url });
  expect(bare).toMatchObject({ status: 1, output: expect.stringMatching(/^The database has not had every migration/) });
});
