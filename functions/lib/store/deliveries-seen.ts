/** What a provider's report says of a mail of the newsletter whose fate was unknown. */
import type { Sql } from "./database.ts";

/**
 * A mail that was delivered has been sent: true when its fate had been unknown until now. `messageId` without angle
 * brackets.
 */
export async function settleDelivered(sql: Sql, messageId: string): Promise<boolean> {
  const [table] = await sql<{ here: boolean }[]>`SELECT to_regclass('delivery') IS NOT NULL AS here`;
  if (!table?.here) return false;
  const { count } = await sql`UPDATE delivery SET state = 'sent' WHERE message_id = ${messageId} AND state = 'unknown'`;
  return count > 0;
}
