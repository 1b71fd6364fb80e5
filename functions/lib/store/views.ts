/** The view counter: a set of (day, slug, visitor) that is rolled up into numbers. Days are UTC, by the database's clock. */
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

/** One reader of one post. */
export interface View {
  /** Letters, digits and hyphens. */
  readonly slug: string;
  /** 16 bytes each. */
  readonly visitor: Buffer;
  readonly source: Buffer;
}

/**
 * Adds views to the set, all or none; one that is in it stays. A visitor who is new today is only let in while the source
 * has fewer than its share, so that a program that changes its name is no crowd. Nothing is added to a day that was rolled
 * up, which the clock may come back to: its visitors can no longer be told apart. Returns false, and adds nothing, when `day`
 * is not today any more.
 */
export async function addViews(sql: Sql, day: string, views: readonly View[]): Promise<boolean> {
  const max = limits.viewVisitorsPerSource;
  // Sources in order, and before visitors: two of these statements never wait for each other in a circle.
  const [row] = await sql<{ current: boolean }[]>`
    WITH today AS (
      SELECT day, NOT EXISTS (SELECT FROM rolled_day WHERE rolled_day.day = clock.day) AS open
      FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS day) AS clock
    ), hit AS MATERIALIZED (
      SELECT day, slug, visitor, source,
        EXISTS (SELECT FROM view_seen WHERE view_seen.day = today.day AND view_seen.visitor = given.visitor) AS known
      FROM today, unnest(
        ${list(views.map(({ slug }) => slug))}::text[],
        ${list(views.map(({ visitor }) => hex(visitor)))}::bytea[],
        ${list(views.map(({ source }) => hex(source)))}::bytea[]) AS given (slug, visitor, source)
      WHERE open AND day = ${day}::text::date
    ), newcomer AS MATERIALIZED (
      SELECT day, source, visitor,
        row_number() OVER (PARTITION BY source ORDER BY visitor) AS place, count(*) OVER (PARTITION BY source) AS of_source
      FROM (SELECT DISTINCT day, source, visitor FROM hit WHERE NOT known) AS new
      WHERE NOT EXISTS (
        SELECT FROM view_source
        WHERE view_source.day = new.day AND view_source.source = new.source AND visitors >= ${max}::int)
    ), counted AS MATERIALIZED (
      INSERT INTO view_source AS earlier (day, source, visitors)
      SELECT day, source, count(*) FROM newcomer GROUP BY day, source ORDER BY source
      ON CONFLICT (day, source) DO UPDATE SET visitors = earlier.visitors + excluded.visitors
      RETURNING source, visitors
    ), added AS (
      INSERT INTO view_seen (day, slug, visitor)
      SELECT DISTINCT day, slug, visitor FROM hit
      WHERE known OR visitor IN (
        SELECT visitor FROM newcomer JOIN counted USING (source) WHERE visitors - of_source + place <= ${max}::int)
      ORDER BY visitor, slug
      ON CONFLICT DO NOTHING
    )
    SELECT day = ${day}::text::date AS current FROM today`;
  return row?.current === true;
}

/** An array literal: the driver writes none unless it first asks the server for its types. */
function list(values: readonly string[]): string {
  return `{${values.join(",")}}`;
}

function hex(bytes: Buffer): string {
  return `\\\\x${bytes.toString("hex")}`;
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

/** ISO date. */
export async function today(sql: Sql): Promise<string> {
  const [row] = await sql<{ day: string }[]>`SELECT (now() AT TIME ZONE 'UTC')::date::text AS day`;
  if (!row) throw new Error("the database knows no date");
  return row.day;
}

export interface DayViews {
  /** ISO date, UTC. */
  readonly day: string;
  readonly slug: string;
  readonly views: number;
}

/** Every day on which a post was read, oldest first, today so far included. */
export async function viewsByDay(sql: Sql): Promise<readonly DayViews[]> {
  return sql<DayViews[]>`
    SELECT day::text AS day, slug, sum(views)::float8 AS views
    FROM (
      SELECT day, slug, views FROM view_day
      UNION ALL SELECT day, slug, count(*) FROM view_seen GROUP BY day, slug
    ) AS counted
    GROUP BY counted.day, slug ORDER BY counted.day, slug`;
}

/** Days that are over, with a margin for views still being written, and not yet rolled up. Oldest first. */
export async function daysToRollUp(sql: Sql): Promise<readonly string[]> {
  const rows = await sql<{ day: string }[]>`
    SELECT day::text AS day FROM (SELECT day FROM day_salt UNION SELECT day FROM view_seen) AS kept
    WHERE day < (now() AT TIME ZONE 'UTC' - ${limits.viewRollUpDelayMinutes} * interval '1 minute')::date
    ORDER BY kept.day`;
  return rows.map(({ day }) => day);
}

/**
 * In a transaction: turns the day's set into numbers and deletes it with its salt. A view becomes part of a number by being
 * deleted from the set, which can happen once. Returns false when the day was rolled up before.
 */
export async function rollUp(sql: Sql, day: string): Promise<boolean> {
  // Whoever comes second waits here for the first, and then finds an empty set. With the marker the day takes no more views.
  const marked =
    await sql`INSERT INTO rolled_day (day) VALUES (${day}::text::date) ON CONFLICT DO NOTHING RETURNING day`;
  await sql`DELETE FROM day_salt WHERE day = ${day}::text::date`;
  await sql`DELETE FROM view_source WHERE day = ${day}::text::date`;
  await sql`
    WITH gone AS (DELETE FROM view_seen WHERE day = ${day}::text::date RETURNING slug),
    counted AS (SELECT slug, count(*) AS views FROM gone GROUP BY slug),
    kept AS (
      INSERT INTO view_day (day, slug, views) SELECT ${day}::text::date, slug, views FROM counted
      ON CONFLICT (day, slug) DO UPDATE SET views = view_day.views + excluded.views
    )
    INSERT INTO view_total (slug, views) SELECT slug, views FROM counted ORDER BY slug
    ON CONFLICT (slug) DO UPDATE SET views = view_total.views + excluded.views`;
  return marked.length > 0;
}
