/** A test's own view of the database, beside the one the doors use. */
import postgres from "postgres";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";

export const sql = postgres(databaseOfWorker(), { max: 1, idle_timeout: 5, onnotice: () => {} });

/** Of the project; names of the migrations are of the schema "netlify". */
async function tables(): Promise<readonly string[]> {
  const rows = await sql<
    { name: string }[]
  >`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
  return rows.map(({ name }) => name);
}

export async function emptyDatabase(): Promise<void> {
  await sql`TRUNCATE ${sql(await tables())} RESTART IDENTITY CASCADE`;
}

/** Everything there is, to see that nothing changed. */
export async function everything(): Promise<string> {
  const rows: unknown[] = [];
  for (const table of await tables())
    rows.push(await sql`SELECT to_jsonb(t) FROM ${sql(table)} AS t ORDER BY to_jsonb(t)::text`);
  return JSON.stringify(rows);
}
