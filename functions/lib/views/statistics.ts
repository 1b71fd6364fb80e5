/** What was read when: numbers per post and day, for the owner. Nothing in them is about a reader. */
import type { Database } from "../store/database.ts";
import { countViews, type DayViews, today, viewsByDay } from "../store/views.ts";

export interface Statistics {
  /** ISO dates in UTC, oldest first and without gaps; the last is today so far. */
  readonly days: readonly string[];
  /** Those that were ever read, the most read of these days first. */
  readonly posts: readonly PostStatistics[];
}

export interface PostStatistics {
  readonly slug: string;
  /** In these days. */
  readonly views: number;
  /** Of all time, also of days before there were numbers by day. */
  readonly total: number;
  /** One number for each of the days. */
  readonly byDay: readonly number[];
}

export interface Question {
  /** How many days, today included; absent: since the first that there are numbers of. */
  readonly days: number | undefined;
  /** From every slug that a post has or had to the one that it has; a slug that is not in it stands for itself. */
  readonly names: ReadonlyMap<string, string>;
}

export async function readStatistics(database: Database, { days, names }: Question): Promise<Statistics> {
  const [counted, rows, last] = await database.run(
    async (sql) => [await countViews(sql), await viewsByDay(sql), await today(sql)] as const,
  );
  const range = daysUntil(last, days === undefined ? rows[0]?.day : dayBefore(last, days - 1));
  const nameOf = (slug: string) => names.get(slug) ?? slug;
  const totals = sums([...counted].map(([slug, views]) => [nameOf(slug), views]));
  const byPost = Map.groupBy(rows, ({ slug }) => nameOf(slug));
  const posts = [...totals].map(([slug, total]) => {
    const byDay = numbersOf(byPost.get(slug) ?? [], range);
    return { slug, views: sum(byDay), total, byDay };
  });
  return {
    days: range,
    posts: posts.sort((a, b) => b.views - a.views || b.total - a.total || (a.slug < b.slug ? -1 : 1)),
  };
}

function numbersOf(rows: readonly DayViews[], days: readonly string[]): readonly number[] {
  const views = sums(rows.map((row) => [row.day, row.views]));
  return days.map((day) => views.get(day) ?? 0);
}

function daysUntil(last: string, first = last): readonly string[] {
  const count = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  return Array.from({ length: Math.max(1, count) }, (_, at) => dayBefore(last, Math.max(1, count) - 1 - at));
}

const dayMs = 86_400_000;

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);
}

function sums(pairs: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [key, value] of pairs) found.set(key, (found.get(key) ?? 0) + value);
  return found;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
