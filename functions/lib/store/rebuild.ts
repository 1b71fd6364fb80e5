/** Who calls the build hook for a moment at which a post goes live: one of us, once. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

export interface RebuildClaim {
  /** UTC, ISO 8601. */
  readonly dueAt: string;
  /** Number of this try. */
  readonly attempts: number;
}

/** Absent when the hook was called for this moment, or somebody else is at it, or a failed try was too short a time ago. */
export async function claimRebuild(sql: Sql, dueAt: string): Promise<RebuildClaim | undefined> {
  const { hookRetryFirstSeconds, hookRetryMaxMinutes } = limits;
  const [row] = await sql<{ attempts: number }[]>`
    INSERT INTO rebuild (due_at, lease_until)
    VALUES (${dueAt}::timestamptz, now() + ${hookRetryFirstSeconds} * interval '1 second')
    ON CONFLICT (due_at) DO UPDATE SET
      attempts = rebuild.attempts + 1,
      lease_until = now() + least(
        ${hookRetryFirstSeconds} * 2 ^ least(rebuild.attempts, 20), ${hookRetryMaxMinutes} * 60) * interval '1 second'
    WHERE rebuild.called_at IS NULL AND rebuild.lease_until < now()
    RETURNING attempts`;
  return row && { dueAt, attempts: row.attempts };
}

export async function finishRebuild(sql: Sql, { dueAt }: RebuildClaim): Promise<void> {
  await sql`UPDATE rebuild SET called_at = now() WHERE due_at = ${dueAt}::timestamptz AND called_at IS NULL`;
}
