/** Dates as other engines write them, made the ISO 8601 of our front matter. */
import { DateTime } from "luxon";
import { parseDate } from "../content/dates.ts";

const parts =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const inWords = ["LLL", "LLLL"].flatMap((month) => [
  `${month} d, yyyy`,
  `${month} d yyyy`,
  `d ${month} yyyy`,
  `d ${month}, yyyy`,
]);

/**
 * `2019-01-02`, or with a time `2019-01-02T10:11:12+01:00`. A time without an offset is taken in `zone`; without a zone it
 * stays as it is, to be read in the site's. Gives `undefined` for what is no date that exists.
 */
export function readDate(value: unknown, zone?: string): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : readDate(value.toISOString(), zone);
  if (typeof value === "number") return fromNumber(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  return fromParts(text, zone) ?? fromWords(text);
}

/** The day in `zone` of a date that {@link readDate} gave. */
export function dayOf(date: string, zone: string): string {
  return parseDate(date, zone)?.toISODate() ?? date.slice(0, 10);
}

/** Milliseconds; 0 for what is no date. */
export function momentOf(date: string, zone: string): number {
  return parseDate(date, zone)?.toMillis() ?? 0;
}

/** Seconds or milliseconds since 1970; a small whole number is a year or a mistake. */
function fromNumber(value: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) < 1e8) return undefined;
  const date = DateTime.fromMillis(Math.abs(value) < 1e11 ? value * 1000 : value, { zone: "UTC" });
  return date.isValid && date.year <= 9999
    ? date.toISO({ suppressMilliseconds: true }).replace(/\.\d+/, "")
    : undefined;
}

function fromParts(text: string, zone: string | undefined): string | undefined {
  const [match, year, month = "", day = "", hour, minute, second = "00", offset = ""] = parts.exec(text) ?? [];
  if (!match) return undefined;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (hour === undefined) return parseDate(date, "UTC") && date;
  const time = `${date}T${hour.padStart(2, "0")}:${minute}:${second}`;
  const read = parseDate(time + isoOffset(offset), zone ?? "UTC");
  if (!read) return undefined;
  if (offset || !zone) return time + isoOffset(offset);
  return read.toISO({ suppressMilliseconds: true });
}

function isoOffset(offset: string): string {
  if (/^(Z|UTC|GMT)$/i.test(offset)) return "Z";
  return offset.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
}

function fromWords(text: string): string | undefined {
  const plain = text
    .replace(/(\d)(st|nd|rd|th)\b/g, "$1")
    .replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?=\D)/i, "");
  for (const format of inWords) {
    const date = DateTime.fromFormat(plain, format, { zone: "UTC", locale: "en" });
    if (date.isValid) return date.toISODate();
  }
  const mail = DateTime.fromRFC2822(text, { setZone: true });
  return mail.isValid ? mail.toISO({ suppressMilliseconds: true }).replace(/\.\d+/, "") : undefined;
}
