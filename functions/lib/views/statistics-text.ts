/** The statistics as a person reads them in a terminal, and as a program does. */
import { type PostStatistics, type Statistics, sum } from "./statistics.ts";

/** Colours a word for a terminal. */
export type Paint = (kind: "place" | "hint" | "good", text: string) => string;

const nameMaxWidth = 44;
const barMaxWidth = 40;
/** More days than this share a column. */
const curveMaxWidth = 60;

/** A line per post with its curve, then a line per day with its bar. */
export function formatStatistics({ days, posts }: Statistics, paint: Paint = (_kind, text) => text): string {
  const read = posts.filter(({ views }) => views > 0);
  const unread = posts.length - read.length;
  const total = sum(posts.map((post) => post.total));
  const first = `Views from ${days[0]} to ${days.at(-1)}, days in UTC, today so far; ${number(total)} of all time`;
  if (read.length === 0) return `${first}\n\nNothing was read in these days.`;
  const rest = unread > 0 ? [paint("hint", `${unread} more, not read in these days`)] : [];
  return [first, "", ...postTable(read, days.length, paint), ...rest, "", ...dayTable(days, read, paint)].join("\n");
}

function postTable(posts: readonly PostStatistics[], days: number, paint: Paint): readonly string[] {
  const width = Math.min(nameMaxWidth, Math.max(4, ...posts.map(({ slug }) => slug.length)));
  const line = (slug: string, views: string, total: string, curve: string) =>
    `${shortened(slug, width)}  ${views.padStart(9)}  ${total.padStart(9)}  ${curve}`;
  const head = line("post", days === 1 ? "today" : `${days} days`, "all time", "by day");
  const rows = posts.map(({ slug, views, total, byDay }) =>
    line(slug, number(views), number(total), paint("good", curveOf(byDay))),
  );
  return [paint("place", head), ...rows];
}

function dayTable(days: readonly string[], posts: readonly PostStatistics[], paint: Paint): readonly string[] {
  const views = days.map((_, at) => sum(posts.map(({ byDay }) => byDay[at] ?? 0)));
  const most = Math.max(...views);
  const rows = days.map((day, at) => {
    const ofDay = views[at] ?? 0;
    return `${day}  ${number(ofDay).padStart(9)}  ${paint("good", barOf(ofDay / most))}`.trimEnd();
  });
  return [paint("place", `day             views`), ...rows, `all         ${number(sum(views)).padStart(9)}`];
}

function shortened(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** `▁` is a day with few views, a space one with none. */
function curveOf(numbers: readonly number[]): string {
  const perColumn = Math.ceil(numbers.length / curveMaxWidth);
  const columns = Array.from({ length: Math.ceil(numbers.length / perColumn) }, (_, at) =>
    sum(numbers.slice(at * perColumn, (at + 1) * perColumn)),
  );
  const most = Math.max(...columns);
  return columns.map((one) => " ▁▂▃▄▅▆▇█"[Math.ceil((8 * one) / most)]).join("");
}

/** Of a share from 0 to 1, in eighths of a character. */
function barOf(share: number): string {
  const eighths = Math.ceil(share * barMaxWidth * 8);
  return "█".repeat(eighths >> 3) + ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths & 7];
}

function number(value: number): string {
  return value.toLocaleString("en");
}

/** `{ from, to, total, posts: [{ slug, views, total, days: [{ day, views }] }] }`, days without views left out. */
export function statisticsAsJson({ days, posts }: Statistics): string {
  const ofPost = ({ slug, views, total, byDay }: PostStatistics) => ({
    slug,
    views,
    total,
    days: days.map((day, at) => ({ day, views: byDay[at] ?? 0 })).filter((one) => one.views > 0),
  });
  const total = sum(posts.map((post) => post.total));
  return JSON.stringify({ from: days[0], to: days.at(-1), total, posts: posts.map(ofPost) }, null, 2);
}
