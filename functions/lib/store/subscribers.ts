/** Newsletter subscribers and the record of their consent. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

export type Status = "pending" | "confirmed" | "unsubscribed" | "erased";

export interface Subscriber {
  /** A bigint, as the driver gives it. */
  readonly id: string;
  readonly status: Status;
  readonly consentNo: number;
}

/** Who pressed, and what they read. */
export interface Consent {
  readonly textVersion: string;
  readonly ipHash: Buffer;
}

/** The subscriber of this address, pending when new. Nothing else changes: only the owner of the mailbox may do that. `today` is the UTC day. */
export async function findOrAdd(
  sql: Sql,
  address: { email: string; norm: string },
): Promise<Subscriber & { today: string }> {
  const [subscriber] = await sql<(Subscriber & { today: string })[]>`
    INSERT INTO subscriber (email, email_norm) VALUES (${address.email}, ${address.norm})
    ON CONFLICT (email_norm) DO UPDATE SET requested_at = now()
    RETURNING id, status, consent_no AS "consentNo", (now() AT TIME ZONE 'UTC')::date::text AS today`;
  if (!subscriber) throw new Error("a subscriber was neither added nor found");
  return subscriber;
}

export async function findSubscriber(
  sql: Sql,
  id: string,
): Promise<(Subscriber & { email: string | null }) | undefined> {
  const [subscriber] = await sql<(Subscriber & { email: string | null })[]>`
    SELECT id, status, consent_no AS "consentNo", email FROM subscriber WHERE id = ${id}`;
  return subscriber;
}

export async function recordRequest(sql: Sql, { id, consentNo }: Subscriber, consent: Consent): Promise<void> {
  await sql`
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
    VALUES (${id}, ${consentNo}, 'requested', ${consent.textVersion}, ${consent.ipHash})`;
}

/** What a confirm link says. `expiresAt` in seconds since 1970, UTC. */
export interface Confirmation {
  readonly subscriberId: string;
  readonly consentNo: number;
  readonly expiresAt: number;
}

/**
 * Confirms, in one statement; again is no change. Returns the address in lower case; absent when the link's time is over,
 * by the database's clock, or when an unsubscription or erasure came after it.
 */
export async function confirm(sql: Sql, link: Confirmation, consent: Consent): Promise<string | undefined> {
  const [row] = await sql<{ norm: string }[]>`
    WITH asked AS (
      SELECT id, status, email_norm FROM subscriber
      WHERE id = ${link.subscriberId} AND consent_no = ${link.consentNo} AND status <> 'erased'
        AND (status = 'confirmed' OR to_timestamp(${link.expiresAt}::float8) > now())
      FOR UPDATE
    ), changed AS (
      UPDATE subscriber SET status = 'confirmed', confirmed_at = now()
      FROM asked WHERE subscriber.id = asked.id AND asked.status <> 'confirmed'
      RETURNING subscriber.id
    ), event AS (
      INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
      SELECT id, ${link.consentNo}::int, 'confirmed', ${consent.textVersion}::text, ${consent.ipHash}::bytea FROM changed
    )
    SELECT email_norm AS norm FROM asked`;
  return row?.norm;
}

/** Forgets that an address was once erased: its owner came back. `hashes` under every key there is. */
export async function liftSuppression(sql: Sql, hashes: readonly Buffer[]): Promise<void> {
  for (const hash of hashes) await sql`DELETE FROM suppression WHERE email_hash = ${hash}`;
}

/** Unsubscribes, in one statement; again is no change. Returns the consent number to undo it with, if this call ended a confirmed subscription. */
export async function unsubscribe(sql: Sql, id: string, consent: Consent): Promise<number | undefined> {
  const [row] = await sql<{ consentNo: number; was: Status }[]>`
    WITH asked AS (
      SELECT id, status FROM subscriber WHERE id = ${id} AND status IN ('pending', 'confirmed') FOR UPDATE
    ), changed AS (
      UPDATE subscriber SET status = 'unsubscribed', consent_no = consent_no + 1
      FROM asked WHERE subscriber.id = asked.id
      RETURNING subscriber.id, consent_no, asked.status AS was
    ), event AS (
      INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
      SELECT id, consent_no, 'unsubscribed', ${consent.textVersion}::text, ${consent.ipHash}::bytea FROM changed
    )
    SELECT consent_no AS "consentNo", was FROM changed`;
  return row?.was === "confirmed" ? row.consentNo : undefined;
}

/** In a transaction: erases the address, mail still waiting and the hashes of IPs. `hash` makes what remains of the address. */
export async function erase(
  sql: Sql,
  id: string,
  { hash, textVersion }: { hash: (norm: string) => Buffer; textVersion: string },
): Promise<void> {
  const [found] = await sql<{ norm: string }[]>`
    SELECT email_norm AS norm FROM subscriber WHERE id = ${id} AND status <> 'erased' FOR UPDATE`;
  if (!found) return;
  await sql`
    INSERT INTO suppression (email_hash, reason) VALUES (${hash(found.norm)}, 'erased') ON CONFLICT (email_hash) DO NOTHING`;
  await sql`
    UPDATE subscriber SET status = 'erased', email = NULL, email_norm = NULL, consent_no = consent_no + 1 WHERE id = ${id}`;
  await sql`UPDATE consent_event SET ip_hash = NULL WHERE subscriber_id = ${id}`;
  await sql`DELETE FROM outbox WHERE subscriber_id = ${id} AND state IN ('queued', 'leased')`;
  await sql`
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version)
    SELECT id, consent_no, 'erased', ${textVersion} FROM subscriber WHERE id = ${id}`;
}

/** Forgets sign-ups that nobody confirmed, with their events and mail. */
export async function removeStalePending(sql: Sql): Promise<number> {
  const { count } = await sql`
    DELETE FROM subscriber
    WHERE status = 'pending' AND requested_at < now() - ${limits.pendingSignUpDays} * interval '1 day'`;
  return count;
}
