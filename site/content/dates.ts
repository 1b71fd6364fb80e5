/** Dates of posts: ISO 8601 in, the site's time zone throughout. */
import { DateTime } from "luxon";

/**
 * Reads an ISO 8601 date or date-time. A bare date is that day's midnight in `zone`; a date-time without an offset is taken
 * in `zone`. Gives `undefined` for anything else, dates that do not exist (2026-02-30, the hour a clock skips) included.
 */
export function parseDate(text: string, zone: string): DateTime<true> | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined;
  const date = DateTime.fromISO(text, { zone, locale: "en" });
  if (!date.isValid) return undefined;
  const isLocal = !/(Z|[+-]\d{2}:\d{2})$/.test(text);
  return isLocal && text.includes("T") && !text.includes(date.toFormat("'T'HH:mm")) ? undefined : date;
}

/** `2026-03-14T09:00:00+01:00`: for feeds, sitemaps and `datetime` attributes; never with milliseconds. */
export function toIso(date: DateTime<true>): string {
  return date.set({ millisecond: 0 }).toISO({ suppressMilliseconds: true });
}

/** `14 March 2026`. */
export function toWords(date: DateTime<true>): string {
  return date.toFormat("d LLLL yyyy");
}

/** `2026-03-14`. */
export function toDay(date: DateTime<true>): string {
  return date.toISODate();
}
