/** Newsletter subscribers: who asked, in what state they are, and what they wish to get. */
import { limits } from "../limits.ts";
import type { Consent } from "./consent.ts";
import type { Sql } from "./database.ts";

export type Status = "pending" | "confirmed" | "unsubscribed" | "bounced" | "erased";

/** How often mail may come. A digest has the posts since the one before. */
export const rhythms = ["each", "weekly", "monthly", "paused"] as const;
export type Rhythm = (typeof rhythms)[number];

export interface Subscriber {
  /** A bigint, as the driver gives it. */
  readonly id: string;
  readonly status: Status;
  readonly consentNo: number;
}

export interface Wishes {
  /** Tags; none means all posts. */
  readonly topics: readonly string[];
  readonly rhythm: Rhythm;
}

export interface SubscriberPage extends Subscriber, Wishes {
  /** Absent once erased. */
  readonly email: string | null;
  /** The new address that waits for its owner's press. */
  readonly newEmail: string | null;
}

/**
 * The subscriber of an address, made pending if there is none, and locked until the transaction ends: sign-ups of one
 * address take turns. Nobody else's state changes, that is for the owner of the mailbox.
 */
export async function askForSubscriber(
  sql: Sql,
  { email, norm }: { readonly email: string; readonly norm: string },
): Promise<Subscriber> {
  const [row] = await sql<[Subscriber]>`
    INSERT INTO subscriber (email, email_norm) VALUES (${email}, ${norm})
    ON CONFLICT (email_norm) DO UPDATE
      SET requested_at = CASE WHEN subscriber.status = 'pending' THEN now() ELSE subscriber.requested_at END
    RETURNING id, status, consent_no AS "consentNo"`;
  return row;
}

export interface SignUpMail {
  /** Of the address, under the newest key. */
  readonly hash: Buffer;
  /** Of the address as it stands in budgets and suppressions, under each key. */
  readonly hashes: readonly Buffer[];
  /** Whose address it is; absent when nobody has it. */
  readonly subscriberId: string | undefined;
  /** The address has no subscription, and never had. */
  readonly isNew: boolean;
}

/**
 * Whether a sign-up may cause one more mail to an address, which is noted then. An address that had a subscription or was
 * suppressed has less to spend than a new one; a step of its owner, which nobody else can take, begins the month anew. To
 * be called while the address is locked.
 */
export async function spendOfAddress(sql: Sql, { hash, hashes, subscriberId, isNew }: SignUpMail): Promise<boolean> {
  const { subscribeMailsPerDay, subscribeMailsPerMonth, subscribeMailsPerMonthKnown, signUpMailKeepDays } = limits;
  const { count } = await sql`
    WITH known AS (SELECT decode(hex, 'hex') AS k FROM unnest(string_to_array(${hexOf(hashes)}, ',')) AS hex),
    suppressed AS (SELECT suppression.at FROM suppression JOIN known ON email_hash = k),
    month AS (
      SELECT greatest(now() - ${signUpMailKeepDays} * interval '1 day', (SELECT max(at) FROM suppressed), (
        SELECT max(at) FROM consent_event
        WHERE subscriber_id = ${subscriberId ?? null}::bigint AND what NOT IN ('requested', 'imported')
      )) AS began
    ),
    past AS (SELECT sign_up_mail.at FROM sign_up_mail JOIN known ON email_hash = k)
    INSERT INTO sign_up_mail (email_hash) SELECT ${hash}::bytea
    WHERE (SELECT count(*) FROM past WHERE at > now() - interval '24 hours') < ${subscribeMailsPerDay}
      AND (SELECT count(*) FROM past, month WHERE at > began) < CASE
        WHEN ${isNew}::boolean AND NOT EXISTS (SELECT FROM suppressed)
        THEN ${subscribeMailsPerMonth}::int ELSE ${subscribeMailsPerMonthKnown}::int END`;
  return count === 1;
}

export function hexOf(hashes: readonly Buffer[]): string {
  return hashes.map((hash) => hash.toString("hex")).join(",");
}

export interface QueuedMail {
  readonly kind: "confirm" | "subscribed" | "address";
  readonly subscriberId: string;
  readonly outboxId: string;
  readonly messageId: string;
  /** From now on. */
  readonly waitSeconds: number;
  /** For a sign-up: what is noted of it. */
  readonly asked?: { readonly consentNo: number; readonly consent: Consent };
  /** False: nothing is done, in the same statement. */
  readonly isWanted: boolean;
}

/** Puts a mail into the outbox, for the moment when it is due; its age counts from there. */
export async function enqueueForSubscriber(sql: Sql, mail: QueuedMail): Promise<void> {
  const { kind, subscriberId, outboxId, messageId, waitSeconds, asked, isWanted } = mail;
  await sql`
    WITH queued AS (
      INSERT INTO outbox (id, kind, dedupe_key, message_id, subscriber_id, next_at, created_at)
      SELECT ${outboxId}::uuid, ${kind}::text, ${`${kind}:${outboxId}`}::text, ${messageId}::text, ${subscriberId}::bigint, due, due
      FROM (SELECT now() + ${waitSeconds}::float8 * interval '1 second' AS due) AS moment
      WHERE ${isWanted}::boolean
      RETURNING subscriber_id
    )
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
    SELECT subscriber_id, ${asked?.consentNo ?? 0}::int, 'requested', ${asked?.consent.textVersion ?? ""}::text,
      ${asked?.consent.ipHash ?? null}::bytea
    FROM queued WHERE ${kind === "confirm"}::boolean`;
}

/** What the subscriber's own page shows. */
export async function findSubscriber(sql: Sql, id: string): Promise<SubscriberPage | undefined> {
  const [subscriber] = await sql<SubscriberPage[]>`
    SELECT subscriber.id, status, consent_no AS "consentNo", subscriber.email, to_jsonb(topics) AS topics, rhythm,
      change.email AS "newEmail"
    FROM subscriber LEFT JOIN address_change AS change ON subscriber_id = subscriber.id AND done_at IS NULL
    WHERE subscriber.id = ${id}`;
  return subscriber;
}

/** False for who is not subscribed. Tags are of letters, digits and dashes. */
export async function saveWishes(sql: Sql, id: string, { topics, rhythm }: Wishes): Promise<boolean> {
  const { count } = await sql`
    UPDATE subscriber SET topics = string_to_array(${topics.join(",")}, ','), rhythm = ${rhythm}
    WHERE id = ${id} AND status = 'confirmed'`;
  return count === 1;
}

/** Everything that is kept of a subscriber, as JSON would have it. Absent once erased. */
export async function allAbout(sql: Sql, id: string, hashes: readonly Buffer[]): Promise<unknown> {
  const [row] = await sql<{ about: unknown }[]>`
    WITH known AS (SELECT decode(hex, 'hex') AS k FROM unnest(string_to_array(${hexOf(hashes)}, ',')) AS hex)
    SELECT jsonb_build_object(
      'subscription', to_jsonb(s),
      'consent', (SELECT coalesce(jsonb_agg(to_jsonb(e) - 'subscriber_id' ORDER BY e.id), '[]')
        FROM consent_event AS e WHERE subscriber_id = s.id),
      'newAddress', (SELECT to_jsonb(c) - 'subscriber_id' FROM address_change AS c WHERE subscriber_id = s.id),
      'mails', (SELECT coalesce(jsonb_agg(to_jsonb(o) - 'subscriber_id' - 'contact_message_id' ORDER BY created_at), '[]')
        FROM outbox AS o WHERE subscriber_id = s.id),
      'issues', (SELECT coalesce(jsonb_agg(jsonb_build_object('title', title, 'url', url, 'state', d.state, 'at', settled_at)
          ORDER BY i.id), '[]')
        FROM delivery AS d JOIN issue AS i ON i.id = d.issue_id WHERE d.subscriber_id = s.id),
      'mailsCausedBySignUps', (SELECT coalesce(jsonb_agg(at ORDER BY at), '[]') FROM sign_up_mail JOIN known ON email_hash = k),
      'suppressed', (SELECT to_jsonb(p) FROM suppression AS p JOIN known ON email_hash = k LIMIT 1)
    ) AS about
    FROM subscriber AS s WHERE id = ${id} AND status <> 'erased'`;
  return row?.about;
}

/**
 * Forgets sign-ups that nobody confirmed, with their events and mail, some days after that mail was due; new addresses that
 * nobody confirmed; and when sign-ups caused mails, once no budget asks for it. Returns how many sign-ups.
 */
export async function removeStalePending(sql: Sql): Promise<number> {
  await sql`DELETE FROM sign_up_mail WHERE at < now() - ${limits.signUpMailKeepDays} * interval '1 day'`;
  await sql`DELETE FROM address_change WHERE requested_at < now() - ${limits.addressChangeDays} * interval '1 day'`;
  const { count } = await sql`
    DELETE FROM subscriber
    WHERE status = 'pending' AND requested_at < now() - ${limits.pendingSignUpDays} * interval '1 day'
      AND NOT EXISTS (
        SELECT FROM outbox
        WHERE subscriber_id = subscriber.id AND created_at >= now() - ${limits.pendingSignUpDays} * interval '1 day'
      )`;
  return count;
}
