/** Messages of which the owner learns several at a time: in a flood, and what looks like junk. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";
import type { StoredMessage } from "./messages.ts";

export type SummaryKind = "summary" | "quarantine";

export interface NewSummary {
  /** Of the outbox entry. */
  readonly id: string;
  readonly messageId: string;
}

/**
 * Puts a summary into the outbox when a message has waited half an hour for one: at most one an hour, and none while an
 * earlier one is on its way. Returns whether it did.
 */
export async function enqueueSummary(sql: Sql, { id, messageId }: NewSummary): Promise<boolean> {
  const { count } = await sql`
    INSERT INTO outbox (id, kind, dedupe_key, message_id)
    SELECT ${id}, 'summary', concat('summary:', floor(extract(epoch FROM now()) / 3600)), ${messageId}
    WHERE EXISTS (
      SELECT FROM contact_message WHERE route = 'summary' AND told_at IS NULL
        AND received_at < now() - ${limits.contactSummaryWaitMinutes} * interval '1 minute')
      AND NOT EXISTS (SELECT FROM outbox WHERE kind = 'summary' AND state IN ('queued', 'leased'))
    ON CONFLICT (dedupe_key) DO NOTHING`;
  return count === 1;
}

/** The same for the quarantine: at the beginning of each week, Monday in UTC, for what came before it. */
export async function enqueueQuarantineList(sql: Sql, { id, messageId }: NewSummary): Promise<boolean> {
  const { count } = await sql`
    WITH week AS (SELECT date_trunc('week', now() AT TIME ZONE 'UTC') AS monday)
    INSERT INTO outbox (id, kind, dedupe_key, message_id)
    SELECT ${id}, 'quarantine', concat('quarantine:', monday::date), ${messageId} FROM week
    WHERE EXISTS (
      SELECT FROM contact_message WHERE route = 'quarantine' AND told_at IS NULL
        AND received_at < monday AT TIME ZONE 'UTC')
      AND NOT EXISTS (SELECT FROM outbox WHERE kind = 'quarantine' AND state IN ('queued', 'leased'))
    ON CONFLICT (dedupe_key) DO NOTHING`;
  return count === 1;
}

export interface Untold {
  /** The oldest of them, at most fifty, with the beginning of their text. */
  readonly messages: readonly StoredMessage[];
  readonly total: number;
}

/** In a transaction: what the mail of this outbox entry tells of; when it is sent, exactly these have been told. */
export async function takeUntold(sql: Sql, kind: SummaryKind, outboxId: string): Promise<Untold> {
  const { count } = await sql`
    UPDATE contact_message SET told_in = ${outboxId} WHERE route = ${kind} AND told_at IS NULL`;
  const messages = await sql<StoredMessage[]>`
    SELECT id, received_at AS "receivedAt", name, email, left(body, 300) AS body, to_jsonb(flags) AS flags
    FROM contact_message WHERE told_in = ${outboxId} AND told_at IS NULL
    ORDER BY received_at, id LIMIT ${limits.contactSummaryMaxMessages}`;
  return { messages, total: count };
}
