/** Mail to be sent: put in with the row it belongs to, claimed under a lease, tried again with growing pauses. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

/** A notice to the owner. (Confirm mails come in with their sign-up, see subscribers.ts.) */
export interface Notice {
  readonly id: string;
  readonly contactMessageId: string;
  /** Of the mail, without angle brackets. */
  readonly messageId: string;
}

export interface Claim {
  readonly id: string;
  /** A summary, of the hour's messages or of the week's quarantine, belongs to no single row. */
  readonly kind: "contact" | "confirm" | "subscribed" | "address" | "summary" | "quarantine";
  readonly contactMessageId: string | null;
  readonly subscriberId: string | null;
  readonly messageId: string;
  /** Number of this try; what is reported under an older number is ignored. */
  readonly attempts: number;
  /** When it was first due. Seconds since 1970, UTC. */
  readonly createdAt: number;
}

/** Puts a notice in, unless the message has one. */
export async function enqueueNotice(sql: Sql, { id, contactMessageId, messageId }: Notice): Promise<void> {
  await sql`
    INSERT INTO outbox (id, kind, dedupe_key, message_id, contact_message_id)
    VALUES (${id}, 'contact', ${`contact:${contactMessageId}`}, ${messageId}, ${contactMessageId})
    ON CONFLICT (dedupe_key) DO NOTHING`;
}

/** Leases the entry that is due longest, or the one of `id` if it is due. Absent when there is none. */
export async function claim(sql: Sql, id: string | null = null): Promise<Claim | undefined> {
  const [claimed] = await sql<Claim[]>`
    WITH due AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE ((state = 'queued' AND next_at <= now()) OR (state = 'leased' AND lease_until < now()))
        AND (${id}::uuid IS NULL OR id = ${id}::uuid)
      ORDER BY next_at LIMIT 1
      FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox SET state = 'leased', attempts = attempts + 1,
      lease_until = now() + ${limits.mailLeaseSeconds} * interval '1 second'
    FROM due WHERE outbox.id = due.id
    RETURNING outbox.id, kind, contact_message_id AS "contactMessageId", subscriber_id AS "subscriberId",
      message_id AS "messageId", attempts, extract(epoch FROM created_at)::float8 AS "createdAt"`;
  return claimed;
}

/** Ends an entry, if the claim still holds it. The messages that a mail told of have been told then. */
export async function finish(sql: Sql, { id, attempts }: Claim, state: "sent" | "skipped"): Promise<void> {
  await sql`
    WITH ended AS (
      UPDATE outbox SET state = ${state}, finished_at = now(), lease_until = NULL, last_code = NULL
      WHERE id = ${id} AND state = 'leased' AND attempts = ${attempts}
      RETURNING id, state
    )
    UPDATE contact_message SET told_at = now() FROM ended
    WHERE told_in = ended.id AND told_at IS NULL AND ended.state = 'sent'`;
}

export interface Failure {
  /** Short code of the error, never its text. */
  readonly code: string;
  /** No further try. */
  readonly final: boolean;
  /** 0.8 to 1.2, so that entries that failed together do not come back together. */
  readonly jitter: number;
}

/**
 * Lets the entry wait 1, 2, 4 … minutes, up to 6 hours; after 3 days, or when told, it has failed, and its message is left
 * to the next summary. Returns which, if the claim still held.
 */
export async function fail(sql: Sql, claim: Claim, failure: Failure): Promise<"queued" | "failed" | undefined> {
  const { mailRetryFirstSeconds, mailRetryMaxHours, mailGiveUpDays } = limits;
  const seconds = Math.min(mailRetryFirstSeconds * 2 ** Math.min(claim.attempts - 1, 20), mailRetryMaxHours * 3600);
  const [row] = await sql<{ state: "queued" | "failed" }[]>`
    WITH failed AS (
      UPDATE outbox SET
        state = CASE WHEN ended THEN 'failed' ELSE 'queued' END,
        finished_at = CASE WHEN ended THEN now() END,
        next_at = now() + ${seconds * failure.jitter}::float8 * interval '1 second',
        lease_until = NULL, last_code = ${failure.code}
      FROM (
        SELECT id AS which, ${failure.final}::boolean OR created_at < now() - ${mailGiveUpDays} * interval '1 day' AS ended
        FROM outbox WHERE id = ${claim.id}
      ) AS verdict
      WHERE id = which AND state = 'leased' AND attempts = ${claim.attempts}
      RETURNING id, state
    ), untold AS (
      UPDATE contact_message SET route = 'summary', told_in = NULL FROM failed
      WHERE told_in = failed.id AND told_at IS NULL AND route = 'notice' AND failed.state = 'failed'
    )
    SELECT state FROM failed`;
  return row?.state;
}

/** Removes what ended long enough ago. Failed entries stay longer, for the owner to see. */
export async function removeFinished(sql: Sql): Promise<number> {
  const { count } = await sql`
    DELETE FROM outbox
    WHERE state IN ('sent', 'skipped') AND finished_at < now() - ${limits.outboxKeepDays} * interval '1 day'
      OR state = 'failed' AND finished_at < now() - ${limits.outboxFailedKeepDays} * interval '1 day'`;
  return count;
}
