/** A subscriber's wish to get the mail at another address, which counts once the owner of that address has said so. */
import { type Consent, erase, liftSuppression } from "./consent.ts";
import type { Sql } from "./database.ts";
import type { Status } from "./subscribers.ts";

/** What the link in the mail to the new address says. `expiresAt` in seconds since 1970, UTC. */
export interface AddressLink {
  readonly subscriberId: string;
  readonly changeId: string;
  readonly expiresAt: number;
}

export interface AddressOwners {
  /** Who wishes to change: locked until the transaction ends, and subscribed or without a mailbox that works. */
  readonly own: { readonly norm: string } | undefined;
  /** Who has the new address, if anybody. */
  readonly other: { readonly id: string; readonly status: Status } | undefined;
}

/** `norm` is the new address in lower case. */
export async function ownersOf(sql: Sql, id: string, norm: string): Promise<AddressOwners> {
  const [own] = await sql<{ norm: string }[]>`
    SELECT email_norm AS norm FROM subscriber WHERE id = ${id} AND status IN ('confirmed', 'bounced') FOR UPDATE`;
  const [other] = await sql<{ id: string; status: Status }[]>`
    SELECT id, status FROM subscriber WHERE email_norm = ${norm} AND id <> ${id}`;
  return { own, other };
}

/** Takes the place of an earlier wish. `isWanted` false: nothing is done, in the same statement. */
export async function noteAddressChange(
  sql: Sql,
  change: { readonly id: string; readonly email: string; readonly norm: string; readonly isWanted: boolean },
): Promise<void> {
  const { id, email, norm, isWanted } = change;
  await sql`
    INSERT INTO address_change (subscriber_id, email, email_norm)
    SELECT ${id}::bigint, ${email}::text, ${norm}::text WHERE ${isWanted}::boolean
    ON CONFLICT (subscriber_id) DO UPDATE SET
      id = excluded.id, email = excluded.email, email_norm = excluded.email_norm, requested_at = now(), done_at = NULL`;
}

/** For the mail; absent when it is done or nobody wishes it any more. */
export async function findAddressChange(sql: Sql, subscriberId: string) {
  const [change] = await sql<{ changeId: string; email: string }[]>`
    SELECT change.id AS "changeId", change.email
    FROM address_change AS change JOIN subscriber ON subscriber_id = subscriber.id
    WHERE subscriber_id = ${subscriberId} AND done_at IS NULL AND status IN ('confirmed', 'bounced')`;
  return change;
}

export interface AddressPress {
  readonly consent: Consent;
  readonly hash: (norm: string) => Buffer;
  /** Under every key there is. */
  readonly hashes: (norm: string) => readonly Buffer[];
}

/**
 * In a transaction: the press at the new address. Whoever had that address without a subscription gives it up: the same
 * mailbox has spoken. `taken` when it has a subscription of its own by now; `gone` when the link's time is over or a newer
 * wish or an unsubscription came after it. Again is no change.
 */
export async function changeAddress(sql: Sql, link: AddressLink, press: AddressPress) {
  const { subscriberId, changeId, expiresAt } = link;
  const [change] = await sql<{ email: string; norm: string; isDone: boolean }[]>`
    SELECT change.email, change.email_norm AS norm, done_at IS NOT NULL AS "isDone"
    FROM address_change AS change JOIN subscriber ON subscriber_id = subscriber.id
    WHERE subscriber_id = ${subscriberId} AND change.id = ${changeId} AND status IN ('confirmed', 'bounced')
      AND (done_at IS NOT NULL OR to_timestamp(${expiresAt}::float8) > now())
    FOR UPDATE`;
  if (!change) return "gone";
  if (change.isDone) return "changed";
  const [other] = await sql<{ id: string; status: Status }[]>`
    SELECT id, status FROM subscriber WHERE email_norm = ${change.norm} AND id <> ${subscriberId} FOR UPDATE`;
  if (other?.status === "confirmed") return "taken";
  const { textVersion, ipHash } = press.consent;
  if (other?.status === "pending") await sql`DELETE FROM subscriber WHERE id = ${other.id}`;
  else if (other) await erase(sql, other.id, { hash: press.hash, textVersion });
  await liftSuppression(sql, press.hashes(change.norm));
  await sql`
    UPDATE subscriber SET email = ${change.email}, email_norm = ${change.norm}, status = 'confirmed', hard_bounces = 0,
      confirmed_at = CASE WHEN status = 'bounced' THEN now() ELSE confirmed_at END, consent_no = consent_no + 1
    WHERE id = ${subscriberId}`;
  await sql`
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, ip_hash)
    SELECT id, consent_no, 'changed', ${textVersion}, ${ipHash} FROM subscriber WHERE id = ${subscriberId}`;
  await sql`UPDATE address_change SET done_at = now() WHERE subscriber_id = ${subscriberId}`;
  return "changed";
}
