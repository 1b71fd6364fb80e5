/** The one row that says which deployment sends the newsletter, and whether it may just now. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

export interface SiteState {
  readonly sendEpoch: string;
  readonly hasBaseline: boolean;
  /** By the owner, or because nobody swept this database for hours; absent while it runs. */
  readonly pausedWhy: "owner" | "asleep" | null;
  readonly pausedAt: Date | null;
  /** The last sweep that was allowed to send. */
  readonly aliveAt: Date;
  /** The relay is left alone until then; absent when it is not. */
  readonly restUntil: Date | null;
}

/** Absent before the first sweep with an epoch. */
export async function readSiteState(sql: Sql): Promise<SiteState | undefined> {
  const [state] = await sql<SiteState[]>`
    SELECT send_epoch AS "sendEpoch", baseline_at IS NOT NULL AS "hasBaseline", paused_why AS "pausedWhy",
      paused_at AS "pausedAt", alive_at AS "aliveAt",
      CASE WHEN relay_rest_until > now() THEN relay_rest_until END AS "restUntil"
    FROM site_state`;
  return state;
}

/**
 * Gives a sign of life in the name of `epoch`, which an empty database adopts. Another epoch than the row's changes
 * nothing. After hours without a sign the newsletter pauses: what the row does not remember may have been sent.
 */
export async function signOfLife(sql: Sql, epoch: string): Promise<SiteState | undefined> {
  await sql`
    INSERT INTO site_state AS state (send_epoch) VALUES (${epoch})
    ON CONFLICT (id) DO UPDATE SET
      alive_at = now(),
      paused_why = CASE WHEN ${fellAsleep(sql)} THEN coalesce(state.paused_why, 'asleep') ELSE state.paused_why END,
      paused_at = CASE WHEN ${fellAsleep(sql)} THEN coalesce(state.paused_at, now()) ELSE state.paused_at END
    WHERE state.send_epoch = ${epoch}`;
  return readSiteState(sql);
}

function fellAsleep(sql: Sql) {
  return sql`state.alive_at < now() - ${limits.newsletterAsleepHours} * interval '1 hour'`;
}

/** The condition under which anything may be sent at all. */
export function maySend(sql: Sql, epoch: string) {
  return sql`EXISTS (
    SELECT FROM site_state WHERE send_epoch = ${epoch} AND paused_why IS NULL
      AND (relay_rest_until IS NULL OR relay_rest_until < now()))`;
}

/** Stops everything before the next mail. Returns false when there is nothing to pause. */
export async function pause(sql: Sql): Promise<boolean> {
  const { count } = await sql`
    UPDATE site_state SET paused_why = 'owner', paused_at = coalesce(paused_at, now())`;
  return count === 1;
}

/** Goes on, and gives the mails that waited meanwhile their whole time. */
export async function resume(sql: Sql): Promise<boolean> {
  const { count } = await sql`
    UPDATE site_state SET paused_why = NULL, paused_at = NULL, alive_at = now(), relay_failures = 0, relay_rest_until = NULL`;
  await sql`UPDATE delivery SET trying_since = now() WHERE state IN ('queued', 'leased')`;
  return count === 1;
}

/** Leaves the relay alone for 1, 2, 4 … minutes. `jitter` is 0.8 to 1.2. Those who failed together count once. */
export async function restRelay(sql: Sql, jitter: number): Promise<void> {
  const { relayRestFirstSeconds, relayRestMaxMinutes } = limits;
  await sql`
    UPDATE site_state SET relay_failures = relay_failures + 1,
      relay_rest_until = now() + ${jitter}::float8 * interval '1 second'
        * least(${relayRestFirstSeconds}::int * 2 ^ least(relay_failures, 20), ${relayRestMaxMinutes}::int * 60)
    WHERE relay_rest_until IS NULL OR relay_rest_until < now()`;
}

/** The relay has taken a mail. */
export async function relayWorks(sql: Sql): Promise<void> {
  await sql`UPDATE site_state SET relay_failures = 0, relay_rest_until = NULL WHERE relay_failures > 0`;
}

/** Takes the sender's lease, or renews one's own; false when another has it. */
export async function leaseSender(sql: Sql, { renew }: { readonly renew: boolean }): Promise<boolean> {
  const { count } = await sql`
    UPDATE site_state SET sender_lease_until = now() + ${limits.senderLeaseSeconds} * interval '1 second'
    WHERE ${renew} OR sender_lease_until IS NULL OR sender_lease_until < now()`;
  return count === 1;
}

export async function releaseSender(sql: Sql): Promise<void> {
  await sql`UPDATE site_state SET sender_lease_until = NULL`;
}
