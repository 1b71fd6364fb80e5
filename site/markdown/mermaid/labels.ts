/**
 * Labels on their way through the library, which takes signs in them for its own: each such sign travels as a character of
 * the private use area and comes back in the finished drawing.
 */

const signs = [...`"#$&'()*/:;<>[\\]{|}~`];
const base = 0xe000;

/** Lines of a label are divided by `<br>` or `\n`; other tags are no part of it. */
export function encodeLabel(label: string): string {
  return label
    .replace(/[\ue000-\uf8ff]/g, "")
    .replace(/\s*(?:<br\s*\/?>|\\n)\s*/gi, "\n")
    .replace(/<\/?(?:b|strong|i|em|u|s|small|sub|sup|code)>/gi, "")
    .replace(/#(\d{1,6}|quot|amp|lt|gt|semi|colon);/g, (all, name: string) => entity(name) ?? all)
    .split("\n")
    .map((line) => [...line.trim()].map(encodeSign).join("") || "\u00a0")
    .join("<br>");
}

/** Text of the finished drawing, not escaped. */
export function decodeLabel(text: string): string {
  return text.replace(/[\ue000-\ue0ff]/g, (sign) => signs[sign.charCodeAt(0) - base] ?? "");
}

function encodeSign(sign: string): string {
  const at = signs.indexOf(sign);
  return at < 0 ? sign : String.fromCharCode(base + at);
}

const named: Readonly<Record<string, string>> = { quot: '"', amp: "&", lt: "<", gt: ">", semi: ";", colon: ":" };

function entity(name: string): string | undefined {
  const code = Number(name);
  if (Number.isNaN(code)) return named[name];
  return code > 31 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
}
