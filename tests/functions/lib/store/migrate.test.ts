import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { openDatabase } from "../../../../functions/lib/store/database.ts";
import { openEmbedded } from "../../../../functions/lib/store/embedded.ts";
import { countMigrations, migrate } from "../../../../functions/lib/store/migrate.ts";
import { databaseOfWorker } from "../../../setup/database-of-worker.ts";
import { migrations } from "../../../setup/migrated.ts";

/** A database of this file's own, because its tests tear it down. */
let url: string;
let sql: postgres.Sql;
let folder: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "firstflight-migrations-"));
  if (inject("databaseKind") === "embedded") {
    ({ url, close } = await openEmbedded());
  } else {
    const all = postgres(databaseOfWorker(), { max: 1, onnotice: () => {} });
    await all`DROP DATABASE IF EXISTS migrating`;
    await all`CREATE DATABASE migrating`;
    url = new URL("/migrating", databaseOfWorker()).href;
    close = () => all.end();
  }
  sql = postgres(url, { max: 1, onnotice: () => {} });
});
beforeEach(async () => {
  await sql.unsafe("DROP SCHEMA IF EXISTS netlify CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await rm(folder, { recursive: true });
  folder = await mkdtemp(path.join(tmpdir(), "firstflight-migrations-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await sql.end();
  await close();
});

async function run(directory = folder): Promise<readonly string[]> {
  const database = openDatabase(url, 60_000);
  try {
    return await migrate(database, directory);
  } finally {
    await database.close();
  }
}

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const names = async () => (await sql`SELECT name FROM netlify.migrations ORDER BY name`).map((row) => row["name"]);

it("applies the project's own migrations, and again does nothing", async () => {
  const all = (await readdir(migrations)).map((file) => path.parse(file).name).sort();
  expect(await run(migrations)).toEqual(all);
  expect(await run(migrations)).toEqual([]);
  expect(await names()).toEqual(all);
});

it("applies files of several statements in the order of their numbers, and only such files", async () => {
  await write("0002_second.sql", "INSERT INTO a VALUES (2); INSERT INTO a VALUES (3);");
  await write("0001_first.sql", "CREATE TABLE a (n int);\n-- a comment; with a semicolon\nINSERT INTO a VALUES (1);");
  await write("README.md", "no SQL");
  expect(await run()).toEqual(["0001_first", "0002_second"]);
  expect((await sql`SELECT n FROM a ORDER BY n`).map((row) => row["n"])).toEqual([1, 2, 3]);
});

it("applies each once when several processes start together", async () => {
  await write("0001_first.sql", "CREATE TABLE a (n int); INSERT INTO a VALUES (1);");
  await write("0002_second.sql", "CREATE TABLE b (n int);");
  const applied = await Promise.all(Array.from({ length: 4 }, () => run()));
  expect(applied.flat().sort()).toEqual(["0001_first", "0002_second"]);
  expect(await sql`SELECT n FROM a`).toHaveLength(1);
});

it("leaves nothing of a file that fails, and keeps those before it", async () => {
  await write("0001_first.sql", "CREATE TABLE a (n int);");
  await write("0002_broken.sql", "CREATE TABLE b (n int); INSERT INTO nowhere VALUES (1);");
  await expect(run()).rejects.toMatchObject({ code: "42P01" });
  expect(await names()).toEqual(["0001_first"]);
  expect(await sql`SELECT to_regclass('b') AS b`).toEqual([{ b: null }]);
  await write("0002_broken.sql", "CREATE TABLE b (n int);");
  expect(await run()).toEqual(["0002_broken"]);
});

it("applies nothing that Netlify has applied before", async () => {
  await write("0001_first.sql", "CREATE TABLE a (n int);");
  await sql.unsafe(`
    CREATE SCHEMA netlify;
    CREATE TABLE netlify.migrations (name TEXT PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now());
    INSERT INTO netlify.migrations (name) VALUES ('0001_first')`);
  expect(await run()).toEqual([]);
  expect(await sql`SELECT to_regclass('a') AS a`).toEqual([{ a: null }]);
});

it("counts none in a database that was never migrated", async () => {
  const database = openDatabase(url);
  expect(await database.run(countMigrations)).toBe(0);
  await database.close();
});
