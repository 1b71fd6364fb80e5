/** Lines of code as markup: an element for a line only where something is to be said about it. */
import { escapeHtml } from "../html.ts";
import type { CodeLine } from "./code-lines.ts";
import { type CodeOptions, wordPattern } from "./code-options.ts";
import type { Piece, Pieces } from "./highlight.ts";

type Marks = Omit<CodeOptions, "title" | "isDiff">;

/** Every line ends with a line end. What hides until the reader asks for it stands in one element at the end. */
export function codeMarkup(lines: readonly CodeLine[], marks: Marks): string {
  const elements = elementsOf(lines, marks);
  const written = lines.map((line, at) => ({
    element: elements[at] ?? bare,
    inner: `${lineMarkup(line, marks.words)}\n`,
  }));
  if (marks.shown === undefined) return runs(written);
  return `${runs(written.slice(0, marks.shown))}<span class="rest">${runs(written.slice(marks.shown))}</span>`;
}

interface LineElement {
  readonly open: string;
  readonly close: string;
  /** One element serves neighbours that need the same. */
  readonly joins: boolean;
}

const bare: LineElement = { open: "", close: "", joins: true };

function elementsOf(lines: readonly CodeLine[], marks: Marks): readonly LineElement[] {
  let number = (marks.numbers ?? 1) - 1;
  return lines.map(({ role }, at) => {
    const isMarked = marks.marked.has(at + 1);
    const isNumbered = marks.numbers !== undefined;
    const isDimmed = marks.focused.size > 0 && !marks.focused.has(at + 1);
    const tag = role ?? (isMarked ? "mark" : isNumbered || isDimmed ? "span" : undefined);
    if (!tag) return bare;
    if (role !== "del") number += 1;
    const classes = [isNumbered && "l", isDimmed && "dim", isMarked && role && "hl"].filter(Boolean).join(" ");
    // The style sheet counts from 1 by itself.
    const shown = isNumbered && marks.numbers !== 1 && role !== "del" ? ` data-n="${number}"` : "";
    const open = `<${tag}${classes && ` class="${classes}"`}${shown}>`;
    return { open, close: `</${tag}>`, joins: !isNumbered && role !== "ins" && role !== "del" };
  });
}

interface WrittenLine {
  readonly element: LineElement;
  readonly inner: string;
}

function runs(lines: readonly WrittenLine[]): string {
  let markup = "";
  let current = bare;
  for (const { element, inner } of lines) {
    if (element.open !== current.open || !element.joins) {
      markup += current.close + element.open;
      current = element;
    }
    markup += inner;
  }
  return markup + current.close;
}

function lineMarkup({ pieces, sign }: CodeLine, words: readonly string[]): string {
  const before = sign ? `<span class="p">${escapeHtml(sign)}</span>` : "";
  if (words.length === 0) return before + piecesMarkup(pieces);
  return before + groupsOf(pieces, wordRanges(pieces, words)).map(groupMarkup).join("");
}

type Range = readonly [from: number, to: number];

/** Where a line holds the words, in its order and without overlaps. */
function wordRanges(pieces: Pieces, words: readonly string[]): readonly Range[] {
  const text = pieces.map((piece) => piece.text).join("");
  const found = words.flatMap((word) =>
    [...text.matchAll(wordPattern(word))].map(({ 0: { length }, index }): Range => [index, index + length]),
  );
  let reached = 0;
  return found
    .sort(([a], [b]) => a - b)
    .filter(([from, to]) => {
      const isFree = from >= reached;
      if (isFree) reached = to;
      return isFree;
    });
}

interface Group {
  readonly isWord: boolean;
  readonly pieces: Pieces;
}

/** A word may begin and end within a piece, or hold several. */
function groupsOf(pieces: Pieces, ranges: readonly Range[]): readonly Group[] {
  if (ranges.length === 0) return [{ isWord: false, pieces }];
  let reached = 0;
  const groups = ranges.flatMap(([from, to]) => {
    const between = reached;
    reached = to;
    return [
      { isWord: false, pieces: cut(pieces, between, from) },
      { isWord: true, pieces: cut(pieces, from, to) },
    ];
  });
  return [...groups, { isWord: false, pieces: cut(pieces, reached, Number.POSITIVE_INFINITY) }];
}

function cut(pieces: Pieces, from: number, to: number): Pieces {
  let start = 0;
  return pieces.flatMap(({ text, kind }) => {
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += text.length;
    return part ? [{ text: part, kind }] : [];
  });
}

function groupMarkup({ isWord, pieces }: Group): string {
  const inner = piecesMarkup(pieces);
  return isWord ? `<mark class="w">${inner}</mark>` : inner;
}

function piecesMarkup(pieces: Pieces): string {
  let markup = "";
  for (const piece of pieces) markup += pieceMarkup(piece);
  return markup;
}

function pieceMarkup({ text, kind }: Piece): string {
  return kind ? `<span class="${kind}">${escapeHtml(text)}</span>` : escapeHtml(text);
}
