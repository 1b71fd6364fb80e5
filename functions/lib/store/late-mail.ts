/** Whether mail waits for longer than it should. Apart from the outbox: `/api/health` needs no more of it. */
import type { Sql } from "./database.ts";

/** The relay is down, or nobody sweeps. */
export async function hasLateMail(sql: Sql, minutes: number): Promise<boolean> {
  const [row] = await sql<{ late: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM outbox WHERE state IN ('queued', 'leased') AND created_at < now() - ${minutes} * interval '1 minute'
    ) AS late`;
  return row?.late === true;
}
