/** Words of a piece of HTML. */
import { oneLine } from "../names.ts";

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  rsquo: "’",
  lsquo: "‘",
  rdquo: "”",
  ldquo: "“",
};

/** Without tags and comments, entities resolved, on one line. */
export function plainText(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<sup\b[\s\S]*?<\/sup>/g, "")
    .replace(/<br\s*\/?>/gi, " ")
    .replace(/<\/?[a-z][^>]*>/gi, "");
  return oneLine(decodeEntities(text));
}

const formatting = /<\/?(?:a|abbr|b|br|code|em|i|mark|s|small|span|strong|sub|sup|u)\b[^>]*>/gi;

/** A title or a description: without the tags that only format its words; `Vec<T>` stays. */
export function plainLine(text: string): string {
  return oneLine(decodeEntities(text.replace(formatting, "")));
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return Object.hasOwn(named, name.toLowerCase()) ? (named[name.toLowerCase()] ?? whole) : whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
