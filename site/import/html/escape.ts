/** Plain text made Markdown that means nothing but itself. */
import MarkdownIt from "markdown-it";
import { parseAttributes } from "../../markdown/attribute-list.ts";
import { bareLinks } from "../../markdown/bare-links.ts";

export interface TextPlace {
  /** Nothing stands before it in its line. */
  readonly startsLine: boolean;
  /** Something follows in its line. */
  readonly goesOn: boolean;
  readonly isInLink: boolean;
  /** All text of the block: some signs mean something only where there are two of them. */
  readonly block: string;
}

const markdown = new MarkdownIt({ linkify: true }).use(bareLinks);
const { linkify } = markdown;

/** `text` has no line ends. Quotation marks, dashes between words and dots that trail off become typography, as everywhere here. */
export function escapeText(text: string, place: TextPlace): string {
  const pieces = place.isInLink ? [{ text, isAddress: false }] : piecesOf(text);
  const escaped = pieces.map((piece, at) => {
    const goesOn = place.goesOn || at < pieces.length - 1;
    return piece.isAddress
      ? piece.text
      : escapeSigns(piece.text, { ...place, goesOn, startsLine: place.startsLine && at === 0 });
  });
  return escaped.join("").replaceAll(breaker, "\\");
}

/** A noncharacter in the place of a backslash, which must not be escaped itself. */
const breaker = "\uFDD2";

/** Our Markdown makes links of addresses with `https://` in front. They stay whole, as far as they say what they are. */
function piecesOf(text: string): { readonly text: string; readonly isAddress: boolean }[] {
  const pieces = [];
  let reached = 0;
  for (const { index, lastIndex } of linkify.pretest(text) ? (linkify.match(text) ?? []) : []) {
    const address = text.slice(index, lastIndex);
    if (/[<>]/.test(address) || markdown.normalizeLinkText(address) !== address) continue;
    const isPlain = /^[\w:/.%?=#;@,+-]+$/.test(address) && !/\.{3}|--|_/.test(address);
    const isAlone = /^(?:\s|$)/.test(text.slice(lastIndex));
    const written = isPlain && isAlone ? address : `<${address}>`;
    pieces.push({ text: text.slice(reached, index), isAddress: false }, { text: written, isAddress: true });
    reached = lastIndex;
  }
  return [...pieces, { text: text.slice(reached), isAddress: false }];
}

function escapeSigns(text: string, { startsLine, goesOn, isInLink, block }: TextPlace): string {
  const isPair = (sign: string) => block.indexOf(sign) !== block.lastIndexOf(sign);
  const escaped = text
    .replace(/\{([.#:]?)([^{}]*)(?=\})/g, escapeBraces)
    .replace(/[\\`[~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/(?<!\S )\*|\*(?! \S)/g, "\\*")
    .replace(/[\^$]/g, (sign) => (isInLink || isPair(sign) ? `\\${sign}` : sign))
    .replace(goesOn ? /<(?=[a-z/!?]|$)/gi : /<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(goesOn ? /!$/ : /(?!)/, "\\!")
    .replace(/\]/g, isInLink ? "\\]" : "]")
    .replace(/:(?=\/\/)/g, isInLink ? ":" : "\\:")
    .replace(/(?<![.\uFDD2])\.{3}(?!\.)/g, (dots, at: number, all: string) => (trailsOff(all, at) ? dots : `\\${dots}`))
    .replace(/(?<!-)-{2,3}(?!-)/g, (dash, at: number, all: string) => (isDash(all, at, dash) ? dash : `\\${dash}`));
  return startsLine ? escapeStart(escaped) : escaped;
}

/** `{.class}` belongs to what stands before it; `{#name}` to a heading, here as in other engines. */
function escapeBraces(all: string, sign: string, inner: string): string {
  if (!sign && !parseAttributes(inner)) return all;
  return `${breaker}{${sign && breaker + sign}${inner}`;
}

/** `wait ...` is typography, `1...10`, `.../a` and `...rest` are not. */
function trailsOff(text: string, at: number): boolean {
  return !/[\w/[({<\\]/.test(text[at + 3] ?? " ") && !/[/?!{]/.test(text[at - 1] ?? " ");
}

/** ` -- ` is typography, `a--b` is not; ` --force` is left alone by itself. */
function isDash(text: string, at: number, dash: string): boolean {
  return text[at - 1] === " " && (dash === "--" || text[at + 3] === " ");
}

/** What begins a block when it begins a line. */
function escapeStart(text: string): string {
  return text
    .replace(/^(\s*)(#{1,6}(?:\s|$)|>|--|[-+*~](?:\s|$)|:(?=:|\s)|=|\|)/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)](?:\s|$))/, "$1\\$2");
}
