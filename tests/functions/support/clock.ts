/** Stops the clock of the database and sets it, for connections that ask for it by their address. */
import { inject } from "vitest";
import { sql } from "./database.ts";

export interface Clock {
  /** The database, with this clock. */
  readonly url: string;
  set(moment: Date): Promise<void>;
  close(): Promise<void>;
}

const path = "clock,public,pg_catalog";

/**
 * PostgreSQL looks for functions where `search_path` says, and into its own first only where that does not name them: a `now()`
 * that stands before its own is the one that statements call.
 */
export async function openClock(databaseUrl: string): Promise<Clock> {
  await sql`CREATE SCHEMA clock`;
  await sql`CREATE TABLE clock.stopped AS SELECT pg_catalog.now() AS at`;
  await sql`CREATE FUNCTION clock.now() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT at FROM clock.stopped'`;
  const url = new URL(databaseUrl);
  url.searchParams.set("search_path", path);
  // The embedded database has one session for all connections, and does not hear what they wish at their start.
  if (inject("databaseKind") === "embedded") await sql.unsafe(`SET search_path TO ${path}`);
  return {
    url: url.href,
    async set(moment) {
      await sql`UPDATE clock.stopped SET at = ${moment.toISOString()}::text::timestamptz`;
    },
    async close() {
      await sql`RESET search_path`;
      await sql`DROP SCHEMA clock CASCADE`;
    },
  };
}
