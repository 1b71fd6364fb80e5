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
  const files = (await readdir(directory)).filter((file) => /^\d+_.+\.sql$/.test(file)).sort();
  const applied: string[] = [];
  for (const file of files) {
    const text = await readFile(join(directory, file), "utf8");
    const name = file.slice(0, -".sql".length);
    if (await database.transaction((sql) => applyOnce(sql, name, text))) applied.push(name);
  }
  return applied;
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
  const [table] = await sql`SELECT to_regclass('netlify.migrations') IS NOT NULL AS here`;
  if (!table?.["here"]) return 0;
  const [row] = await sql`SELECT count(*)::int AS applied FROM netlify.migrations`;
  return row?.["applied"];
}
