/** Addresses in which a template stands that nobody can fill in: a link cannot lead there. */

import type { Range } from "../markdown/tokens.ts";
import { decoded } from "../names.ts";

/** Of the private use area, so that no author has written it. */
const mark = "\uE000";
const tag = String.raw`\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}`;
const places = [
  new RegExp(String.raw`\]\(\s*<?((?:${tag}|[^\s()<>]|\([^\s()]*\))*)`, "dg"),
  new RegExp(String.raw`^[ \t>]*\[[^\]\n]+\]:[ \t]*<?((?:${tag}|[^\s<>])*)`, "dgm"),
  new RegExp(String.raw`\s(?:href|src|poster)\s*=\s*"((?:${tag}|[^"])*)"`, "dg"),
  new RegExp(String.raw`\s(?:href|src|poster)\s*=\s*'((?:${tag}|[^'])*)'`, "dg"),
];

/** Where a text names addresses, templates in them included, which no Markdown parser would take for a part of them. */
export function addressesIn(text: string): readonly Range[] {
  return places.flatMap((place) =>
    [...text.matchAll(place)].flatMap(({ indices }) => {
      const [start = 0, end = 0] = indices?.[1] ?? [];
      return start < end ? [{ start, end }] : [];
    }),
  );
}

/** In the place of a template in an address, so that the link around it is still one. */
export function unknown(source: string): string {
  return mark + source.replace(/[^\w.~-]/g, (sign) => encodeURIComponent(sign).replace(/[!'()*]/g, escaped));
}

export function isUnknown(address: string): boolean {
  return address.includes(mark);
}

/** As the author wrote it. */
export function asWritten(text: string): string {
  return text.replace(/\uE000([\w.~%-]*)/g, (_, address: string) => decoded(address));
}

function escaped(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
