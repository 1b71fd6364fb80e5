/** What subscribers do with their subscription, each step with its record. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

/** Who pressed, and what they read. */
export interface Consent {
  readonly textVersion: string;
  readonly ipHash: Buffer;
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
      UPDATE subscriber SET status = 'confirmed', confirmed_at = now(), hard_bounces = 0
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

/**
 * Unsubscribes, in one statement; again is no change. Also ends what was asked for since an earlier end: its link in the
 * mailbox is dead then. Returns the confirmation that undoes it for an hour, if this call
 * ended a confirmed subscription.
 */
export async function unsubscribe(sql: Sql, id: string, consent: Consent): Promise<Confirmation | undefined> {
  const [row] = await sql<(Confirmation & { was: string })[]>`
    WITH asked AS (
      SELECT id, status FROM subscriber
      WHERE id = ${id} AND (status IN ('pending', 'confirmed') OR status IN ('unsubscribed', 'bounced') AND EXISTS (
        SELECT FROM consent_event
        WHERE subscriber_id = subscriber.id AND consent_no = subscriber.consent_no AND what = 'requested'))
      FOR UPDATE
    ), changed AS (
      UPDATE subscriber SET status = 'unsubscribed', consent_no = consent_no + 1
      FROM asked WHERE subscriber.id = asked.id
      RETURNING subscriber.id, consent_no, asked.status AS was
    ), event AS (
      INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
      SELECT id, consent_no, 'unsubscribed', ${consent.textVersion}::text, ${consent.ipHash}::bytea FROM changed
    )
    SELECT id AS "subscriberId", consent_no AS "consentNo", was,
      floor(extract(epoch FROM now()) + ${limits.undoLinkHours * 3600}::int)::float8 AS "expiresAt"
    FROM changed`;
  return row?.was === "confirmed" ? row : undefined;
}

/** Why a mailbox takes no more mail of ours: there is none, or its owner called a mail junk. */
export interface MailboxEnd {
  readonly what: "bounced" | "complained";
  /** ISO 8601. What happened before a consent says nothing against it. */
  readonly happenedAt: string;
  readonly hash: (norm: string) => Buffer;
  readonly textVersion: string;
}

/**
 * In a transaction: ends the subscription of an address, in lower case, and has nobody mail it until its owner asks again.
 * Again is no change. Returns the subscriber if there was one to end.
 */
export async function endByMailbox(sql: Sql, norm: string, end: MailboxEnd): Promise<string | undefined> {
  const { what, happenedAt, hash, textVersion } = end;
  const [found] = await sql<{ id: string }[]>`
    SELECT id FROM subscriber
    WHERE email_norm = ${norm} AND (status <> 'confirmed' OR confirmed_at < ${happenedAt}::timestamptz) FOR UPDATE`;
  if (!found) return undefined;
  const { count: noted } = await sql`
    INSERT INTO suppression AS known (email_hash, reason) VALUES (${hash(norm)}, ${what})
    ON CONFLICT (email_hash) DO UPDATE SET reason = excluded.reason, at = now()
    WHERE known.reason = 'bounced' AND excluded.reason = 'complained'`;
  const { count: ended } = await sql`
    UPDATE subscriber SET status = 'bounced', consent_no = consent_no + 1,
      hard_bounces = hard_bounces + ${what === "bounced" ? 1 : 0}
    WHERE id = ${found.id} AND status IN ('pending', 'confirmed')`;
  if (noted + ended === 0) return undefined;
  await sql`
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version)
    SELECT id, consent_no, ${what}, ${textVersion} FROM subscriber WHERE id = ${found.id}`;
  return found.id;
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
    UPDATE subscriber
    SET status = 'erased', email = NULL, email_norm = NULL, topics = '{}', rhythm = 'each', consent_no = consent_no + 1
    WHERE id = ${id}`;
  await sql`UPDATE consent_event SET ip_hash = NULL WHERE subscriber_id = ${id}`;
  await sql`DELETE FROM outbox WHERE subscriber_id = ${id} AND state IN ('queued', 'leased')`;
  await sql`DELETE FROM address_change WHERE subscriber_id = ${id}`;
  await sql`
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version)
    SELECT id, consent_no, 'erased', ${textVersion} FROM subscriber WHERE id = ${id}`;
}
