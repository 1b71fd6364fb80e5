/** Newsletter subscribers: who asked, and in what state they are. */
import { limits } from "../limits.ts";
import type { Consent } from "./consent.ts";
import type { Sql } from "./database.ts";

type Status = "pending" | "confirmed" | "unsubscribed" | "erased";

export interface Subscriber {
  /** A bigint, as the driver gives it. */
  readonly id: string;
  readonly status: Status;
  readonly consentNo: number;
}

export interface SignUp {
  readonly email: string;
  /** The address in lower case. */
  readonly norm: string;
  readonly consent: Consent;
  /** Of the confirm mail, if one is to be sent. */
  readonly outboxId: string;
  readonly messageId: string;
}

/**
 * Takes a sign-up and returns whether it put a confirm mail into the outbox: at most one per subscriber and UTC day, none
 * for who has confirmed. A new address becomes pending; nobody else's state changes, that is for the owner of the mailbox.
 * One statement whoever it is, so that its time tells nothing.
 */
export async function signUp(sql: Sql, { email, norm, consent, outboxId, messageId }: SignUp): Promise<boolean> {
  const [row] = await sql<{ queued: boolean }[]>`
    WITH asking AS (
      INSERT INTO subscriber (email, email_norm) VALUES (${email}, ${norm})
      ON CONFLICT (email_norm) DO UPDATE SET requested_at = now()
      RETURNING id, status, consent_no
    ), queued AS (
      INSERT INTO outbox (id, kind, dedupe_key, message_id, subscriber_id)
      SELECT ${outboxId}::uuid, 'confirm', concat('confirm:', id, ':', (now() AT TIME ZONE 'UTC')::date), ${messageId}::text, id
      FROM asking WHERE status <> 'confirmed'
      ON CONFLICT (dedupe_key) DO NOTHING
      RETURNING subscriber_id
    ), event AS (
      INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
      SELECT id, consent_no, 'requested', ${consent.textVersion}::text, ${consent.ipHash}::bytea
      FROM asking JOIN queued ON subscriber_id = id
    )
    SELECT EXISTS (SELECT FROM queued) AS queued`;
  return row?.queued === true;
}

export async function findSubscriber(
  sql: Sql,
  id: string,
): Promise<(Subscriber & { email: string | null }) | undefined> {
  const [subscriber] = await sql<(Subscriber & { email: string | null })[]>`
    SELECT id, status, consent_no AS "consentNo", email FROM subscriber WHERE id = ${id}`;
  return subscriber;
}

/** Forgets sign-ups that nobody confirmed, with their events and mail. */
export async function removeStalePending(sql: Sql): Promise<number> {
  const { count } = await sql`
    DELETE FROM subscriber
    WHERE status = 'pending' AND requested_at < now() - ${limits.pendingSignUpDays} * interval '1 day'`;
  return count;
}
