/** Text on its way from one engine to the other, with the way back from each of its places to what the author wrote. */

export interface Draft {
  readonly text: string;
  /** Offset in the source of what stands at an offset of the text. */
  originOf(offset: number): number;
}

export interface Edit {
  readonly start: number;
  /** The same as `start` for an insertion. */
  readonly end: number;
  readonly text: string;
}

/** A part of a source as it is; `start` is where in the source it begins. */
export function draftOf(text: string, start = 0): Draft {
  return { text, originOf: (offset) => start + offset };
}

/** Makes all edits at once. One that begins inside an earlier one is left out: what it is about is gone. */
export function edit(draft: Draft, edits: readonly Edit[]): Draft {
  if (edits.length === 0) return draft;
  const pieces: Piece[] = [];
  let text = "";
  let reached = 0;
  const copy = (end: number) => {
    pieces.push({ at: text.length, from: reached, isCopied: true });
    text += draft.text.slice(reached, end);
  };
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < reached) continue;
    copy(start);
    pieces.push({ at: text.length, from: start, isCopied: false });
    text += replacement;
    reached = end;
  }
  copy(draft.text.length);
  return { text, originOf: (offset) => draft.originOf(placeIn(pieces, offset)) };
}

/** The text of several edits in a row, for a handful of plain replacements. */
export function replaceAll(
  draft: Draft,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => string | undefined,
): Draft {
  const edits: Edit[] = [];
  for (const match of draft.text.matchAll(pattern)) {
    const text = replace(match);
    if (text !== undefined) edits.push({ start: match.index, end: match.index + match[0].length, text });
  }
  return edit(draft, edits);
}

interface Piece {
  /** Where it begins in the new text. */
  readonly at: number;
  /** Where it comes from in the old one. */
  readonly from: number;
  readonly isCopied: boolean;
}

function placeIn(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return offset;
  return piece.isCopied ? piece.from + offset - piece.at : piece.from;
}
