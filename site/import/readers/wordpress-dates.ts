/** Moments of WordPress's posts, which stand there twice: by the clock of the old site, and in UTC. */
import { readDate } from "../dates.ts";
import type { WordPressItem } from "./wordpress-export.ts";

/** `2019-03-04T21:15:00+01:00`, as the author saw it where both are there; undefined for drafts without one. */
export function dateOf(
  { field }: WordPressItem,
  kind: "post_date" | "post_modified",
  zone: string,
): string | undefined {
  const [local, utc] = [field(`wp:${kind}`), field(`wp:${kind}_gmt`)].map((date) => (/^0000/.test(date) ? "" : date));
  if (!utc) return readDate(local, zone);
  const offset = local ? minutesBetween(local, utc) : 0;
  const moment = readDate(local || utc, "UTC")?.replace(/Z$/, "");
  return moment && offset !== undefined ? moment + signed(offset) : readDate(utc, "UTC");
}

/** Undefined where they cannot be the same moment. */
function minutesBetween(local: string, utc: string): number | undefined {
  const [a, b] = [local, utc].map((date) => Date.parse(`${date.replace(" ", "T")}Z`));
  const minutes = ((a ?? 0) - (b ?? 0)) / 60_000;
  return Number.isInteger(minutes / 15) && Math.abs(minutes) <= 14 * 60 ? minutes : undefined;
}

function signed(minutes: number): string {
  if (minutes === 0) return "Z";
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
