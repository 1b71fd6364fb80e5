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
