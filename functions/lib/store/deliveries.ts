/**
 * One row for each mail of an issue: claimed under a lease, gated by consent before its last dot, settled by the reply.
 *
 *     queued ──claim──▶ leased ──gate──▶ inflight ──250──▶ sent
 *       ▲                 │ lease over      ├─ 4xx ──▶ queued, later
 *       └─────────────────┘                 ├─ 5xx ──▶ failed
 *                                           └─ no reply, or nobody there to hear it ──▶ unknown
 *
 * Nobody but the claim that holds a row moves it, and only under the number of that claim.
 */
import type { RelayTerms } from "../config.ts";
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";
import { maySend } from "./site-state.ts";

export interface DeliveryClaim {
  readonly issueId: string;
  readonly subscriberId: string;
  readonly messageId: string;
  /** Number of this try; what is reported under an older number is ignored. */
  readonly attempts: number;
  /** The relay may have the mail already and would know it by its key. */
  readonly isRepeat: boolean;
  /** Absent once erased. */
  readonly email: string | null;
  readonly topics: readonly string[];
}

/** What a sender may do: its epoch, and how long the relay knows a mail again, zero if it does not. */
export interface Licence {
  readonly epoch: string;
  readonly keyMinutes: number;
}

export function licence(epoch: string, { idempotencyHeader, idempotencyMinutes }: RelayTerms): Licence {
  // Not to the last minute: a mail takes its time from here to the relay.
  return { epoch, keyMinutes: idempotencyHeader ? idempotencyMinutes * 0.8 : 0 };
}

/** What a sender may take now: what waits, what another left before its dot, and what the relay would know again. */
function isDue(sql: Sql, { epoch, keyMinutes }: Licence) {
  return sql`next_at <= now() AND (
      state = 'queued' OR (state = 'leased' AND lease_until < now() AND unsure_since IS NULL)
      OR (state = 'unknown' AND unsure_since > now() - ${keyMinutes}::float8 * interval '1 minute'))
    AND ${maySend(sql, epoch)}`;
}

/** Leases the row that is due longest. Absent when there is none, or when nothing may be sent. */
export async function claimDelivery(sql: Sql, licence: Licence): Promise<DeliveryClaim | undefined> {
  const [claimed] = await sql<DeliveryClaim[]>`
    WITH due AS MATERIALIZED (
      SELECT issue_id, subscriber_id FROM delivery
      WHERE state IN ('queued', 'leased', 'inflight', 'unknown') AND ${isDue(sql, licence)}
      ORDER BY next_at LIMIT 1
      FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery SET state = 'leased', attempts = attempts + 1,
      lease_until = now() + ${limits.deliveryLeaseSeconds} * interval '1 second'
    FROM due JOIN subscriber ON subscriber.id = due.subscriber_id
    WHERE delivery.issue_id = due.issue_id AND delivery.subscriber_id = due.subscriber_id
    RETURNING delivery.issue_id AS "issueId", delivery.subscriber_id AS "subscriberId", message_id AS "messageId",
      attempts, unsure_since IS NOT NULL AS "isRepeat", email, to_jsonb(topics) AS topics`;
  return claimed;
}

export async function hasDueDelivery(sql: Sql, licence: Licence): Promise<boolean> {
  const [row] = await sql<{ due: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM delivery WHERE state IN ('queued', 'leased', 'inflight', 'unknown') AND ${isDue(sql, licence)}
    ) AS due`;
  return row?.due === true;
}

/**
 * The gate: one statement, and so one transaction, that lets the last dot out or not. The subscriber is locked against an
 * unsubscription that comes at this moment: it commits before us and is seen, or waits for us and comes after the mail.
 * Gives what became of the row; absent when the claim holds it no more. May run again: a commit whose outcome nobody heard
 * is found as `inflight` under the claim's own number.
 */
export async function gate(sql: Sql, claim: DeliveryClaim): Promise<DeliveryState | undefined> {
  const { subscriberId, email, isRepeat } = claim;
  const [row] = await sql<{ state: DeliveryState }[]>`
    WITH consent AS MATERIALIZED (
      SELECT CASE
        WHEN status <> 'confirmed' OR rhythm = 'paused' THEN 'skipped'
        WHEN email IS DISTINCT FROM ${email} THEN 'queued'
        ELSE 'inflight' END AS verdict
      FROM subscriber WHERE id = ${subscriberId} FOR SHARE
    )
    UPDATE delivery SET
      -- Of a mail that the relay may have had before, stopping this copy says nothing.
      state = CASE WHEN ${isRepeat} AND verdict <> 'inflight' THEN 'unknown' ELSE verdict END,
      lease_until = CASE WHEN verdict = 'inflight' THEN now() + ${limits.deliveryInflightSeconds} * interval '1 second' END,
      unsure_since = CASE
        WHEN verdict = 'inflight' THEN coalesce(unsure_since, now())
        WHEN ${isRepeat} THEN unsure_since END,
      next_at = CASE WHEN verdict = 'skipped' THEN 'infinity' ELSE next_at END,
      settled_at = CASE WHEN verdict = 'skipped' AND NOT ${isRepeat} THEN now() END
    FROM consent
    WHERE ${isHeldBy(sql, claim)} AND state IN ('leased', 'inflight') AND lease_until > now()
    RETURNING state`;
  return row?.state;
}

export type DeliveryState = "queued" | "leased" | "inflight" | "sent" | "failed" | "skipped" | "unknown";

function isHeldBy(sql: Sql, { issueId, subscriberId, attempts }: DeliveryClaim) {
  return sql`issue_id = ${issueId} AND subscriber_id = ${subscriberId} AND attempts = ${attempts}`;
}

/** The relay took the mail. Also after others had given up hope: the claim's number says that nobody sent it since. */
export async function settleSent(sql: Sql, claim: DeliveryClaim): Promise<void> {
  await sql`
    WITH taken AS (
      UPDATE delivery SET state = 'sent', settled_at = now(), lease_until = NULL, last_code = NULL
      WHERE ${isHeldBy(sql, claim)} AND state IN ('inflight', 'unknown')
      RETURNING subscriber_id
    )
    UPDATE subscriber SET hard_bounces = 0 FROM taken WHERE id = taken.subscriber_id AND hard_bounces > 0`;
}

/** There is nothing in it for this subscriber, or no address. */
export async function settleSkipped(sql: Sql, claim: DeliveryClaim): Promise<void> {
  await sql`
    UPDATE delivery SET lease_until = NULL,
      state = CASE WHEN ${claim.isRepeat} THEN 'unknown' ELSE 'skipped' END,
      next_at = 'infinity',
      settled_at = CASE WHEN ${claim.isRepeat} THEN NULL ELSE now() END
    WHERE ${isHeldBy(sql, claim)} AND state = 'leased'`;
}

/** Refused for good. Returns whether that was news. */
export async function settleFailed(sql: Sql, claim: DeliveryClaim, code: string): Promise<boolean> {
  const { count } = await sql`
    UPDATE delivery SET state = 'failed', settled_at = now(), lease_until = NULL, last_code = ${code}
    WHERE ${isHeldBy(sql, claim)} AND state IN ('leased', 'inflight', 'unknown')`;
  return count === 1;
}

/** The dot went out, and no reply came back. */
export async function settleUnknown(sql: Sql, claim: DeliveryClaim, code: string): Promise<void> {
  await sql`
    UPDATE delivery SET state = 'unknown', lease_until = NULL, last_code = ${code}, refusals = refusals + 1,
      next_at = now() + ${pauseAfter(sql, 1)}
    WHERE ${isHeldBy(sql, claim)} AND state = 'inflight'`;
}

export interface Unsent {
  /** Short code of the reply or the error, never its text. */
  readonly code: string;
  /** Whose fault: a mail that was refused itself waits 1, 2, 4 … minutes; one that a dead relay kept is due as before. */
  readonly isOwnFault: boolean;
  /** 0.8 to 1.2, so that mails that failed together do not come back together. */
  readonly jitter: number;
}

/** Certainly not sent: it waits for another try, or has failed when it was refused for three days. */
export async function settleUnsent(
  sql: Sql,
  claim: DeliveryClaim,
  { code, isOwnFault, jitter }: Unsent,
): Promise<void> {
  const { isRepeat } = claim;
  const isOver = sql`${isOwnFault && !isRepeat} AND trying_since < now() - ${limits.mailGiveUpDays} * interval '1 day'`;
  await sql`
    UPDATE delivery SET lease_until = NULL, last_code = ${code},
      state = CASE WHEN ${isOver} THEN 'failed' WHEN ${isRepeat} THEN 'unknown' ELSE 'queued' END,
      settled_at = CASE WHEN ${isOver} THEN now() END,
      unsure_since = CASE WHEN ${isRepeat} THEN unsure_since END,
      refusals = refusals + ${isOwnFault ? 1 : 0}::int,
      next_at = CASE WHEN ${isOwnFault} THEN now() + ${pauseAfter(sql, jitter)} ELSE next_at END
    WHERE ${isHeldBy(sql, claim)} AND state IN ('leased', 'inflight', 'unknown')`;
}

/** 1, 2, 4 … minutes, up to 6 hours. */
function pauseAfter(sql: Sql, jitter: number) {
  const { mailRetryFirstSeconds, mailRetryMaxHours } = limits;
  return sql`${jitter}::float8 * interval '1 second'
    * least(${mailRetryFirstSeconds}::int * 2 ^ least(refusals, 20), ${mailRetryMaxHours * 3600}::int)`;
}

/** What the sweep says of mails whose sender is gone: of the fate of one whose dot was out, nothing is known. */
export async function expireDeliveries(sql: Sql): Promise<number> {
  const { count } = await sql`
    UPDATE delivery SET state = 'unknown', lease_until = NULL, last_code = 'LEASE', next_at = now()
    WHERE state IN ('leased', 'inflight') AND lease_until < now() AND unsure_since IS NOT NULL`;
  return count;
}

/** The relay's own word, by a webhook: it had the mail. Returns whether that was news. */
export async function confirmByMessageId(sql: Sql, messageId: string): Promise<boolean> {
  const { count } = await sql`
    UPDATE delivery SET state = 'sent', settled_at = now(), last_code = NULL
    WHERE message_id = ${messageId} AND state = 'unknown'`;
  return count === 1;
}

/** The owner's word about all unknown mails of an issue: sent after all, or to be sent again. Returns how many. */
export async function resolveUnknown(sql: Sql, issueId: string, verdict: "sent" | "resend"): Promise<number> {
  const { count } =
    verdict === "sent"
      ? await sql`
        UPDATE delivery SET state = 'sent', settled_at = now(), last_code = 'RESOLVED'
        WHERE issue_id = ${issueId} AND state = 'unknown'`
      : await sql`
        UPDATE delivery SET state = 'queued', unsure_since = NULL, next_at = now(), trying_since = now()
        WHERE issue_id = ${issueId} AND state = 'unknown'`;
  return count;
}

export interface Unknown {
  readonly issueId: string;
  /** Absent once erased. */
  readonly email: string | null;
  readonly since: Date;
  readonly messageId: string;
  readonly code: string | null;
}

/** Every mail whose fate is unknown, oldest first. */
export async function unknownDeliveries(sql: Sql): Promise<readonly Unknown[]> {
  return sql<Unknown[]>`
    SELECT issue_id AS "issueId", email, unsure_since AS since, message_id AS "messageId", last_code AS code
    FROM delivery JOIN subscriber ON subscriber.id = subscriber_id
    WHERE state = 'unknown' ORDER BY unsure_since, issue_id, subscriber_id`;
}

/** A mailbox that does not exist: after the second issue it gets no more. `hash` is of the address, for the suppression. */
export async function countHardBounce(
  sql: Sql,
  subscriberId: string,
  hash: Buffer,
  textVersion: string,
): Promise<boolean> {
  const { count } = await sql`
    WITH counted AS (
      UPDATE subscriber SET hard_bounces = hard_bounces + 1,
        status = CASE WHEN hard_bounces + 1 >= ${limits.hardBouncesMax} THEN 'bounced' ELSE status END,
        consent_no = CASE WHEN hard_bounces + 1 >= ${limits.hardBouncesMax} THEN consent_no + 1 ELSE consent_no END
      WHERE id = ${subscriberId} AND status = 'confirmed'
      RETURNING id, consent_no, status
    ), ended AS (
      INSERT INTO suppression (email_hash, reason) SELECT ${hash}::bytea, 'bounced' FROM counted WHERE status = 'bounced'
      ON CONFLICT (email_hash) DO NOTHING
    )
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version)
    SELECT id, consent_no, 'bounced', ${textVersion}::text FROM counted WHERE status = 'bounced'`;
  return count === 1;
}
