/** Plain text made Markdown that means nothing but itself. */
import MarkdownIt from "markdown-it";

export interface TextPlace {
  /** Nothing stands before it in its line. */
  readonly startsLine: boolean;
  /** Something follows in its line. */
  readonly goesOn: boolean;
  readonly isInLink: boolean;
}

const { linkify } = new MarkdownIt({ linkify: true });

/** `text` has no line ends. Quotation marks, dashes between words and dots that trail off become typography, as everywhere here. */
export function escapeText(text: string, place: TextPlace): string {
  const addresses = place.isInLink ? [] : addressesIn(text);
  let escaped = "";
  let reached = 0;
  for (const { index, lastIndex, isWhole } of addresses) {
    escaped += escapeSigns(text.slice(reached, index), { ...place, startsLine: place.startsLine && reached === 0 });
    const address = text.slice(index, lastIndex);
    escaped += isWhole ? wholeAddress(address) : escapeSigns(address, notAlone).replace(/[.@:]/g, "\\$&");
    reached = lastIndex;
  }
  return escaped + escapeSigns(text.slice(reached), { ...place, startsLine: place.startsLine && reached === 0 });
}

const notAlone: TextPlace = { startsLine: false, goesOn: true, isInLink: false };

/** What our Markdown makes links of. Addresses with `https://` may be some; names such as `README.md` may not. */
function addressesIn(text: string) {
  const found = linkify.pretest(text) ? (linkify.match(text) ?? []) : [];
  return found.map(({ index, lastIndex, schema }) => ({ index, lastIndex, isWhole: /^https?:$/.test(schema) }));
}

function wholeAddress(address: string): string {
  return /[\\`*_~^$[\]{}&!|]|\.\.|--|,,|\+-/.test(address) ? `<${address}>` : address;
}

function escapeSigns(text: string, { startsLine, goesOn, isInLink }: TextPlace): string {
  const isPair = (sign: string) => text.indexOf(sign) !== text.lastIndexOf(sign);
  const escaped = text
    .replace(/[\\`[]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/\*(?! )|(?<! )\*/g, "\\*")
    .replace(/[~^$]/g, (sign) => (isPair(sign) ? `\\${sign}` : sign))
    .replace(/\{(?=[.#:])[.#:]?/g, ([, sign = ""]) => `\\{${sign && `\\${sign}`}`)
    .replace(goesOn ? /<(?=[a-z/!?]|$)/gi : /<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(goesOn ? /!$/ : /$^/, "\\!")
    .replace(/\]/g, isInLink ? "\\]" : "]")
    .replace(/\((?=(?:c|r|tm)\))/gi, "\\(")
    .replace(/\+-/g, "\\+-")
    .replace(/[?!]{4,}|,{2,}/g, (run) => run.replace(/./g, "\\$&"))
    .replace(/\.{2,}/g, (run, at: number, all: string) => (isTrailingOff(all, at, run) ? run : escapeEach(run)))
    .replace(/-{2,3}/g, (run, at: number, all: string) => (isDash(all, at, run) ? run : escapeEach(run)));
  return startsLine ? escapeStart(escaped) : escaped;
}

function escapeEach(run: string): string {
  return run.replace(/./g, "\\$&");
}

/** `wait ...` is typography, `1..10`, `../a` and `...rest` are not. */
function isTrailingOff(text: string, at: number, run: string): boolean {
  return run.length === 3 && !/[\w/[({<\\]/.test(text[at + 3] ?? " ") && !/[/?!]/.test(text[at - 1] ?? " ");
}

/** ` -- ` is typography, `a--b` is not; ` --force` is left alone by itself. */
function isDash(text: string, at: number, run: string): boolean {
  return text[at - 1] === " " && (run === "--" || text[at + 3] === " ");
}

/** What begins a block when it begins a line. */
function escapeStart(text: string): string {
  return text
    .replace(/^(\s*)(#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|:(?=:|\s)|=|\|)/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)](?:\s|$))/, "$1\\$2");
}
