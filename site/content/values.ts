/** Single values that posts and data files are made of, each with the words of its refusal. */
import { DateTime } from "luxon";
import * as v from "valibot";

export const text = v.pipe(v.string("must be text"), v.trim(), v.nonEmpty("must not be empty"));
export const httpUrl = v.pipe(
  text,
  v.url("must be an absolute URL"),
  v.regex(/^https?:\/\//, "must begin with https:// or http://"),
);
export const list = <S extends v.GenericSchema>(item: S) => v.optional(v.array(item, "must be a list"), []);
export const kebab = v.pipe(text, v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by "-"'));
export const yearMonth = v.pipe(
  text,
  v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "must be a year, year-month or date (2021, 2021-04, 2021-04-30)"),
  v.check((written) => DateTime.fromISO(written).isValid, "is no month or day that exists"),
);
/** A fact the owner may not have filled in yet: absent and `null` are the same. */
export const maybe = <S extends v.GenericSchema>(schema: S) => v.nullish(schema);

export const isoDate = v.pipe(
  v.string('must be a date such as 2026-03-14 or "2026-03-14T09:00"'),
  v.regex(/^\d{4}-\d{2}-\d{2}([T].*)?$/, "must be a date such as 2026-03-14 or 2026-03-14T09:00"),
);
/** Path of an address on this site. */
export const sitePath = v.pipe(
  text,
  v.regex(/^\/(?!\/)[^\s?#]*$/, "must be a path on this site such as /2019/old-title/, without a query"),
);
export const languageTag = v.pipe(text, v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "must be a language tag such as en"));
export const yesOrNo = v.boolean("must be true or false");

export function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
