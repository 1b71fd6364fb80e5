/** Applies the SQL files of netlify/database/migrations, each once, with the bookkeeping Netlify Database keeps itself. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database, Sql } from "./database.ts";

/** Any number, the same in every process: whoever holds this lock migrates. */
const lock = 7_203_115_424;

/**
 * Applies every `NNNN_name.sql` of `directory` that is not yet in `netlify.migrations`, in order, one transaction each.
 * Returns the names it applied. Processes that start together wait for each other.
 */
export async function migrate(database: Database, directory: string): Promise<readonly string[]> {
  const applied: string[] = [];
  for (const name of await migrationNames(directory)) {
    const text = await readFile(join(directory, `${name}.sql`), "utf8");
    if (await database.transaction((sql) => applyOnce(sql, name, text))) applied.push(name);
  }
  return applied;
}

/** Names of the migrations in `directory`, in the order in which they are applied. */
export async function migrationNames(directory: string): Promise<readonly string[]> {
  const files = (await readdir(directory)).filter((file) => /^\d+_.+\.sql$/.test(file)).sort();
  return files.map((file) => file.slice(0, -".sql".length));
}

async function applyOnce(sql: Sql, name: string, text: string): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(${lock}::bigint)`;
  await sql`CREATE SCHEMA IF NOT EXISTS netlify`;
  await sql`
    CREATE TABLE IF NOT EXISTS netlify.migrations (name TEXT PRIMARY KEY, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())`;
  const [known] = await sql`SELECT 1 FROM netlify.migrations WHERE name = ${name}`;
  if (known) return false;
  // Without parameters this is PostgreSQL's simple protocol, which takes many statements at once.
  await sql.unsafe(text);
  await sql`INSERT INTO netlify.migrations (name) VALUES (${name})`;
  return true;
}

/** How many migrations the database has; zero when it has never been migrated. */
export async function countMigrations(sql: Sql): Promise<number> {
  return (await appliedMigrations(sql)).length;
}

/** Names of the migrations the database has, sorted; none when it has never been migrated. */
export async function appliedMigrations(sql: Sql): Promise<readonly string[]> {
  const [table] = await sql`SELECT to_regclass('netlify.migrations') IS NOT NULL AS here`;
  if (!table?.["here"]) return [];
  const rows = await sql<{ name: string }[]>`SELECT name FROM netlify.migrations ORDER BY name`;
  return rows.map(({ name }) => name);
}
