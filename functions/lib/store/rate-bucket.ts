/** Budgets as token buckets: full at first, a token for each use, refilled as time goes by. By the database's clock. */
import { limits, type Rate } from "../limits.ts";
import type { Sql } from "./database.ts";

export interface Budget extends Rate {
  /** Keyed hash of what is limited and by which rule. */
  readonly key: Buffer;
}

/**
 * Takes a token and returns true, or false when there is none. One statement: however many ask at once, no more get one
 * than there are. In a transaction the token is given back by a rollback.
 */
export async function takeToken(sql: Sql, { key, burst, secondsPerToken }: Budget): Promise<boolean> {
  const { count } = await sql`
    INSERT INTO rate_bucket AS bucket (k, tokens, at) VALUES (${key}, ${burst}::float8 - 1, now())
    ON CONFLICT (k) DO UPDATE SET
      tokens = least(${burst}::float8, bucket.tokens + ${elapsed(sql)} / ${secondsPerToken}::float8) - 1,
      at = greatest(bucket.at, now())
    WHERE least(${burst}::float8, bucket.tokens + ${elapsed(sql)} / ${secondsPerToken}::float8) >= 1`;
  return count === 1;
}

/** Seconds since the bucket was last used; a transaction that began before that must not make it negative. */
function elapsed(sql: Sql) {
  return sql`greatest(0, extract(epoch FROM now() - bucket.at))`;
}

/** Forgets budgets that are full again: those not used for a day. */
export async function removeFullBuckets(sql: Sql): Promise<number> {
  const { count } = await sql`DELETE FROM rate_bucket WHERE at < now() - ${limits.rateKeepHours} * interval '1 hour'`;
  return count;
}

/**
 * Seconds until what each budget allows next, after everything that it has promised already; 0 is at once. Changes nothing.
 */
export async function waitOf(sql: Sql, budgets: readonly Budget[]): Promise<number> {
  const rows = await sql<Promised[]>`
    SELECT encode(k, 'hex') AS hex, extract(epoch FROM at - now())::float8 AS seconds
    FROM rate_bucket JOIN unnest(string_to_array(${budgets.map(hexKey).join(",")}, ',')) AS hex ON k = decode(hex, 'hex')`;
  return longest(budgets, rows, 1);
}

/**
 * Promises one more of each budget and returns for when, in seconds from now: nothing is refused, what is too much waits.
 * Such a bucket keeps the moment until which all of it is promised (GCRA, the "virtual scheduling algorithm"), and is full
 * when that is past. `isWanted` false: nothing is done, in the same statement.
 * @see ITU-T I.371, annex A
 */
export async function promise(sql: Sql, budgets: readonly Budget[], isWanted: boolean): Promise<number> {
  const rows = await sql<Promised[]>`
    INSERT INTO rate_bucket AS bucket (k, tokens, at)
    SELECT decode(hex, 'hex'), 0, now() + step::float8 * interval '1 second'
    FROM unnest(
      string_to_array(${budgets.map(hexKey).join(",")}, ','),
      string_to_array(${budgets.map(({ secondsPerToken }) => secondsPerToken).join(",")}, ',')
    ) AS wanted (hex, step)
    WHERE ${isWanted}::boolean
    -- Always in this order, so that two of them never wait for each other.
    ORDER BY 1
    ON CONFLICT (k) DO UPDATE SET at = greatest(bucket.at, now()) + (excluded.at - now())
    RETURNING encode(k, 'hex') AS hex, extract(epoch FROM at - now())::float8 AS seconds`;
  return longest(budgets, rows, 0);
}

interface Promised {
  readonly hex: string;
  /** Until which all is promised. */
  readonly seconds: number;
}

/** `more` than what the rows have counted. */
function longest(budgets: readonly Budget[], rows: readonly Promised[], more: number): number {
  const promised = new Map(rows.map(({ hex, seconds }) => [hex, seconds]));
  const waits = budgets.map((budget) => {
    const seconds = promised.get(hexKey(budget));
    return seconds === undefined ? 0 : Math.max(0, seconds) + (more - budget.burst) * budget.secondsPerToken;
  });
  return Math.max(0, ...waits);
}

function hexKey({ key }: Budget): string {
  return key.toString("hex");
}
