/** A test's own view of the database, beside the one the doors use. */
import postgres from "postgres";
import { inject } from "vitest";

export const sql = postgres(inject("databaseUrl"), { max: 1, idle_timeout: 5, onnotice: () => {} });

export async function emptyDatabase(): Promise<void> {
  await sql`
    TRUNCATE contact_message, subscriber, consent_event, suppression, outbox, day_salt, view_seen, view_source, view_day,
      view_total, rolled_day,
      rebuild
    RESTART IDENTITY CASCADE`;
}

/** Everything there is, to see that nothing changed. */
export async function everything(): Promise<string> {
  const tables = [
    "contact_message",
    "subscriber",
    "consent_event",
    "suppression",
    "outbox",
    "day_salt",
    "view_seen",
    "view_source",
  ];
  const rows: unknown[] = [];
  for (const table of tables)
    rows.push(await sql`SELECT to_jsonb(t) FROM ${sql(table)} AS t ORDER BY to_jsonb(t)::text`);
  return JSON.stringify(rows);
}
