import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { checkDatabase, versionFinding } from "../../doctor/database.ts";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { databaseOfWorker } from "../setup/database-of-worker.ts";
import { migrated, migrations } from "../setup/migrated.ts";

/** A database and a project of this file's own, because its tests break both. */
let url: string;
let sql: postgres.Sql;
let project: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  if (inject("databaseKind") === "embedded") {
    ({ url, close } = await openEmbedded());
  } else {
    const all = postgres(databaseOfWorker(), { max: 1, onnotice: () => {} });
    await all`DROP DATABASE IF EXISTS doctored`;
    await all`CREATE DATABASE doctored`;
    url = new URL("/doctored", databaseOfWorker()).href;
    close = () => all.end();
  }
  sql = postgres(url, { max: 1, onnotice: () => {} });
});
beforeEach(async () => {
  await sql.unsafe("DROP SCHEMA IF EXISTS netlify CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  project = await mkdtemp(path.join(tmpdir(), "firstflight-doctor-"));
  await cp(migrations, path.join(project, "netlify/database/migrations"), { recursive: true });
});
afterAll(async () => {
  await rm(project, { recursive: true, force: true });
  await sql.end();
  await close();
});

const said = async (databaseUrl: string | undefined = url) =>
  (await checkDatabase(project, databaseUrl)).map(
    ({ state, subject, detail, blocks }) => `${state}${blocks ? "!" : ""} ${subject}: ${detail}`,
  );

test("is content with a database that has every migration", async () => {
  await migrated(url);
  expect(await said()).toEqual([
    "ok connection: answers",
    expect.stringMatching(/^ok version: PostgreSQL \d\d$/),
    expect.stringMatching(/^ok migrations: all \d+ applied$/),
  ]);
});

test("names the migrations that are not applied, and applies none", async () => {
  expect((await said()).at(-1)).toBe("missing! migrations: none applied yet");
  expect(await sql`SELECT to_regclass('netlify.migrations') AS here`).toEqual([{ here: null }]);
  await migrated(url);
  await writeFile(path.join(project, "netlify/database/migrations/9998_later.sql"), "CREATE TABLE later (n int);");
  expect((await said()).at(-1)).toBe("wrong! migrations: not applied: 9998_later");
  expect(await sql`SELECT to_regclass('later') AS here`).toEqual([{ here: null }]);
});

test("says that the database is ahead of the project, which still works", async () => {
  await migrated(url);
  await sql`INSERT INTO netlify.migrations (name) VALUES ('9999_ahead')`;
  expect((await said()).at(-1)).toBe("wrong migrations: applied, but not in this project: 9999_ahead");
});

test("tells apart why a database cannot be used, without its address and its login", async () => {
  expect(await said("postgres://owner:sesame@127.0.0.1:1/blog")).toEqual([
    "wrong! connection: cannot be reached (ECONNREFUSED)",
  ]);
  expect(await said("postgres://owner:sesame@nowhere.invalid/blog")).toEqual([
    "wrong! connection: has a host name that nobody knows",
  ]);
  if (inject("databaseKind") === "embedded") return;
  expect(await said(new URL("/elsewhere", url).href)).toEqual(["wrong! connection: has no database of that name"]);
  const stranger = Object.assign(new URL(url), { username: "stranger", password: "sesame" });
  expect(await said(stranger.href)).toEqual(["wrong! connection: refuses the login"]);
});

test("gives up a server that takes the connection and says nothing", async () => {
  const silent = createServer((socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = address && typeof address !== "string" ? address.port : 0;
  expect(await said(`postgres://owner:sesame@127.0.0.1:${port}/blog`)).toEqual(["wrong! connection: does not answer"]);
  silent.close();
});

test("asks nobody without an address", async () => {
  expect(await checkDatabase(project, undefined)).toMatchObject([{ state: "skipped", blocks: false }]);
});

test.each([
  [13, "wrong"],
  [14, "ok"],
  [18, "ok"],
])("of version %i is %s", (major, state) => {
  expect(versionFinding(major)).toMatchObject({ state, blocks: state === "wrong" });
});
