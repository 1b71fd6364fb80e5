/** Plain text made Markdown that means nothing but itself. */
import MarkdownIt from "markdown-it";

export interface TextPlace {
  /** Nothing stands before it in its line. */
  readonly startsLine: boolean;
  /** Something follows in its line. */
  readonly goesOn: boolean;
  readonly isInLink: boolean;
}

const markdown = new MarkdownIt({ linkify: true });
const { linkify } = markdown;

/** `text` has no line ends. Quotation marks, dashes between words and dots that trail off become typography, as everywhere here. */
export function escapeText(text: string, place: TextPlace): string {
  const pieces = place.isInLink ? [{ text, isAddress: false }] : piecesOf(text);
  // Two of a sign are a pair wherever they stand, an address between them or not.
  const pairs = ["^", "$"].filter((sign) => place.isInLink || text.indexOf(sign) !== text.lastIndexOf(sign));
  const escaped = pieces.map((piece, at) => {
    const goesOn = place.goesOn || at < pieces.length - 1;
    return piece.isAddress
      ? piece.text
      : escapeSigns(piece.text, { ...place, goesOn, startsLine: place.startsLine && at === 0, pairs });
  });
  return escaped.join("").replaceAll(breaker, "\\");
}

/** A noncharacter in the place of a backslash, which must not be escaped itself. */
const breaker = "\uFDD2";

/** Our Markdown makes links of addresses. Those with `https://` may be some; names such as `README.md` may not. */
function piecesOf(text: string): { readonly text: string; readonly isAddress: boolean }[] {
  const pieces = [];
  let plain = "";
  let reached = 0;
  for (const { index, lastIndex, schema } of linkify.pretest(text) ? (linkify.match(text) ?? []) : []) {
    plain += text.slice(reached, index);
    const address = text.slice(index, lastIndex);
    reached = lastIndex;
    const isWhole =
      /^https?:$/.test(schema) && !/[<>]/.test(address) && markdown.normalizeLinkText(address) === address;
    if (!isWhole) plain += address.replace(/[.@:]/g, `${breaker}$&`);
    else {
      const isPlain = /^[\w:/.%?=#;@,+-]+$/.test(address) && !/\.\.|--|,,|\+-|_/.test(address);
      const isAlone = /^(?:\s|$)/.test(text.slice(lastIndex));
      pieces.push(
        { text: plain, isAddress: false },
        { text: isPlain && isAlone ? address : `<${address}>`, isAddress: true },
      );
      plain = "";
    }
  }
  return [...pieces, { text: plain + text.slice(reached), isAddress: false }];
}

interface PieceOfText extends TextPlace {
  /** Signs that mean something in pairs, and are one. */
  readonly pairs: readonly string[];
}

function escapeSigns(text: string, { startsLine, goesOn, isInLink, pairs }: PieceOfText): string {
  const escaped = text
    .replace(/[\\`[~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/(?<!\S )\*|\*(?! \S)/g, "\\*")
    .replace(/[\^$]/g, (sign) => (pairs.includes(sign) ? `\\${sign}` : sign))
    .replace(goesOn ? /<(?=[a-z/!?]|$)/gi : /<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(goesOn ? /!$/ : /(?!)/, "\\!")
    .replace(/\]/g, isInLink ? "\\]" : "]")
    .replace(/(?<!\uFDD2):(?=\/\/)/g, isInLink ? ":" : "\\:")
    .replace(/\((?=(?:c|r|tm)\))/gi, "\\(")
    .replace(/\+-/g, "\\+-")
    .replace(/[?!]{4,}|[?!]+(?=…)|,{2,}/g, (run) => run.replace(/./g, "\\$&"))
    .replace(/\.{2,}/g, (run, at: number, all: string) => (isTrailingOff(all, at, run) ? run : escapeEach(run)))
    .replace(/-{2,3}/g, (run, at: number, all: string) => (isDash(all, at, run) ? run : escapeEach(run)))
    .replace(/\{(?=[.#:])[.#:]?/g, ([, sign = ""]) => `\\{${sign && `\\${sign}`}`);
  return startsLine ? escapeStart(escaped) : escaped;
}

function escapeEach(run: string): string {
  return run.replace(/./g, "\\$&");
}

/** `wait ...` is typography, `1..10`, `../a` and `...rest` are not. */
function isTrailingOff(text: string, at: number, run: string): boolean {
  return run.length === 3 && !/[\w/[({<\\]/.test(text[at + 3] ?? " ") && !/[/?!{]/.test(text[at - 1] ?? " ");
}

/** ` -- ` is typography, `a--b` is not; ` --force` is left alone by itself. */
function isDash(text: string, at: number, run: string): boolean {
  return text[at - 1] === " " && (run === "--" || text[at + 3] === " ");
}

/** What begins a block when it begins a line. */
function escapeStart(text: string): string {
  return text
    .replace(/^(\s*)(#{1,6}(?:\s|$)|>|--|[-+*~](?:\s|$)|:(?=:|\s)|=|\|)/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)](?:\s|$))/, "$1\\$2");
}
