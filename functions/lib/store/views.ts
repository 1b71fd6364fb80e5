/** The view counter: a set of (day, slug, visitor) that is rolled up into totals. Days are UTC, by the database's clock. */
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

export interface DaySalt {
  /** ISO date. */
  readonly day: string;
  readonly salt: Buffer;
}

/** Today's salt; `fresh` becomes it when today has none yet. */
export async function saltOfToday(sql: Sql, fresh: Buffer): Promise<DaySalt> {
  // The update that changes nothing makes the statement return the row that was there.
  const [row] = await sql<DaySalt[]>`
    INSERT INTO day_salt (day, salt) VALUES ((now() AT TIME ZONE 'UTC')::date, ${fresh})
    ON CONFLICT (day) DO UPDATE SET salt = day_salt.salt
    RETURNING day::text AS day, salt`;
  if (!row) throw new Error("today has no salt");
  return row;
}

/** Adds the visitor to the set; again is no change. Returns false, and adds nothing, when `day` is not today any more. */
export async function addView(sql: Sql, view: { day: string; slug: string; visitor: Buffer }): Promise<boolean> {
  const [row] = await sql<{ current: boolean }[]>`
    WITH today AS (SELECT (now() AT TIME ZONE 'UTC')::date AS day),
    added AS (
      INSERT INTO view_seen (day, slug, visitor)
      SELECT day, ${view.slug}::text, ${view.visitor}::bytea FROM today WHERE day = ${view.day}::text::date
      ON CONFLICT DO NOTHING
    )
    SELECT day = ${view.day}::text::date AS current FROM today`;
  return row?.current === true;
}

/** Views by slug, days that are not yet rolled up included. */
export async function countViews(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ slug: string; views: number }[]>`
    SELECT slug, sum(views)::float8 AS views
    FROM (
      SELECT slug, views FROM view_total
      UNION ALL SELECT slug, count(*) FROM view_seen GROUP BY slug
    ) AS counted
    GROUP BY slug`;
  return new Map(rows.map(({ slug, views }) => [slug, views]));
}

/** Days that are over, with a margin for views still being written, and not yet rolled up. Oldest first. */
export async function daysToRollUp(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ day: string }[]>`
    SELECT day::text FROM day_salt
    WHERE day < (now() AT TIME ZONE 'UTC' - ${limits.viewRollUpDelayMinutes} * interval '1 minute')::date
    ORDER BY day_salt.day`;
  return rows.map(({ day }) => day);
}

/** In a transaction: turns the day's set into numbers and deletes it with its salt. Returns false when that was done before. */
export async function rollUp(sql: Sql, day: string): Promise<boolean> {
  // Whoever comes second waits here for the first, then finds the marker.
  const marked =
    await sql`INSERT INTO rolled_day (day) VALUES (${day}::text::date) ON CONFLICT DO NOTHING RETURNING day`;
  await sql`DELETE FROM day_salt WHERE day = ${day}::text::date`;
  if (marked.length === 0) return false;
  await sql`
    WITH gone AS (DELETE FROM view_seen WHERE day = ${day}::text::date RETURNING slug)
    INSERT INTO view_total (slug, views) SELECT slug, count(*) FROM gone GROUP BY slug ORDER BY slug
    ON CONFLICT (slug) DO UPDATE SET views = view_total.views + excluded.views`;
  return true;
}
