/** The part of a text that answers a search best, with the words to mark in it. */
import { type Word, wordsIn } from "./words.ts";

export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** In characters; some more where a word ends later. */
const length = 180;

/** Empty when none of the words is in the text. A word is marked when it begins with one of `words`. */
export function excerpt(text: string, words: readonly string[]): readonly Piece[] {
  const hits = wordsIn(text).filter(({ word }) => words.some((one) => word.startsWith(one)));
  const [first] = hits;
  if (!first) return [];
  const window = bestWindow(hits, words) ?? first;
  const start = text.lastIndexOf(" ", Math.max(0, window.start - 40)) + 1;
  const until = text.indexOf(" ", start + length);
  const end = until < 0 ? text.length : until;
  return [
    ...(start > 0 ? [{ text: "… ", isMarked: false }] : []),
    ...mark(text, { start, end }, hits),
    ...(end < text.length ? [{ text: " …", isMarked: false }] : []),
  ];
}

/** The hit after which most of the different words stand close together. */
function bestWindow(hits: readonly Word[], words: readonly string[]): Word | undefined {
  let best: { readonly hit: Word; readonly found: number } | undefined;
  for (const [at, hit] of hits.entries()) {
    const near = hits.slice(at, at + 12).filter(({ end }) => end <= hit.start + length - 40);
    const found = words.filter((one) => near.some(({ word }) => word.startsWith(one))).length;
    if (!best || found > best.found) best = { hit, found };
  }
  return best?.hit;
}

function mark(text: string, { start, end }: { start: number; end: number }, hits: readonly Word[]): Piece[] {
  const pieces: Piece[] = [];
  let reached = start;
  for (const hit of hits) {
    if (hit.start < reached || hit.end > end) continue;
    pieces.push({ text: text.slice(reached, hit.start), isMarked: false });
    pieces.push({ text: text.slice(hit.start, hit.end), isMarked: true });
    reached = hit.end;
  }
  return [...pieces, { text: text.slice(reached, end), isMarked: false }].filter((piece) => piece.text !== "");
}
