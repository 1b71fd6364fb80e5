/** The books of issues: done when they say so, told to the owner, kept when the mails are forgotten. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

/** Ends the issues of which every mail is accounted for; the equation is in the statement. Returns their keys. */
export async function finishIssues(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ key: string }[]>`
    UPDATE issue SET state = 'done', done_at = now()
    WHERE state = 'sending'
      AND prepared = (
        SELECT count(*) FROM delivery WHERE issue_id = issue.id AND state IN ('sent', 'failed', 'skipped'))
      AND NOT EXISTS (
        SELECT FROM delivery WHERE issue_id = issue.id AND state IN ('queued', 'leased', 'inflight', 'unknown'))
    RETURNING key`;
  return rows.map(({ key }) => key);
}

/** Ids of issues of which nothing has been settled for too long. */
export async function stalledIssues(sql: Sql): Promise<readonly string[]> {
  const since = sql`now() - ${limits.newsletterStallMinutes} * interval '1 minute'`;
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM issue WHERE state = 'armed' AND approved_at < ${since}
    UNION ALL
    SELECT id FROM issue WHERE state = 'sending' AND armed_at < ${since}
      AND NOT EXISTS (SELECT FROM delivery WHERE issue_id = issue.id AND settled_at > ${since})`;
  return rows.map(({ id }) => id);
}

/** Deletes which subscribers had an issue, some months after it; its numbers stay. Returns how many issues. */
export async function forgetDeliveries(sql: Sql): Promise<number> {
  const { count } = await sql`
    WITH old AS (
      SELECT id FROM issue WHERE state = 'done' AND books IS NULL
        AND done_at < now() - ${limits.deliveryKeepDays} * interval '1 day'
    ), gone AS (
      DELETE FROM delivery USING old WHERE issue_id = old.id RETURNING issue_id, state
    ), counts AS (
      SELECT issue_id, state, count(*) AS n FROM gone GROUP BY 1, 2
    )
    UPDATE issue SET books = coalesce((SELECT jsonb_object_agg(state, n) FROM counts WHERE issue_id = issue.id), '{}')
    FROM old WHERE issue.id = old.id`;
  return count;
}

export interface IssueBooks {
  readonly id: string;
  readonly key: string;
  readonly kind: "post" | "weekly" | "monthly";
  readonly state: "seen" | "held" | "armed" | "sending" | "done" | "skipped";
  readonly why: "baseline" | "many" | "old" | "owner" | "asleep" | null;
  readonly title: string;
  readonly seenAt: Date;
  readonly armedAt: Date | null;
  readonly doneAt: Date | null;
  /** Absent before it is armed. */
  readonly prepared: number | null;
  /** Mails by state; a state that none is in is absent. */
  readonly counts: Readonly<Record<string, number>>;
}

/** The books of every issue but those of the baseline, newest first; in one statement, and so of one moment. */
export async function readBooks(sql: Sql): Promise<readonly IssueBooks[]> {
  return sql<IssueBooks[]>`
    WITH counts AS (
      SELECT issue_id, jsonb_object_agg(state, n) AS counts
      FROM (SELECT issue_id, state, count(*) AS n FROM delivery GROUP BY 1, 2) AS each GROUP BY 1
    )
    SELECT id, key, kind, state, why, title, seen_at AS "seenAt", armed_at AS "armedAt", done_at AS "doneAt", prepared,
      coalesce(counts, books, '{}') AS counts
    FROM issue LEFT JOIN counts ON issue_id = id
    WHERE why IS DISTINCT FROM 'baseline'
    ORDER BY coalesce(armed_at, seen_at) DESC, id DESC`;
}

export async function findIssue(sql: Sql, key: string): Promise<Pick<IssueBooks, "id" | "state"> | undefined> {
  const [issue] = await sql<Pick<IssueBooks, "id" | "state">[]>`SELECT id, state FROM issue WHERE key = ${key}`;
  return issue;
}
