/** How often a text says each of its words: made once for an article, kept as text, added up for the whole blog. */
import type { TextPart } from "../markdown/plain-text.ts";
import { wordTextsIn } from "./words.ts";

/** Words by how often they are said: `1 heap lock\n4 queue`. */
export type WordCounts = string;

/** How often an article says a word, and how often outside of its blocks of code. */
export interface Mentions {
  all: number;
  prose: number;
}

/** In the order in which the article first says them. */
export function mentionsIn(parts: readonly TextPart[]): ReadonlyMap<string, Mentions> {
  // A text repeats itself: what stands between two spaces is taken apart once, however often it is written.
  const pieces = new Map<string, Mentions>();
  for (const { text, isCode } of parts)
    for (const piece of text.split(" ")) add(pieces, piece, { all: 1, prose: isCode ? 0 : 1 });
  const words = new Map<string, Mentions>();
  for (const [piece, mentions] of pieces) for (const word of wordTextsIn(piece)) add(words, word, mentions);
  return words;
}

function add(counts: Map<string, Mentions>, text: string, { all, prose }: Mentions): void {
  const known = counts.get(text);
  if (known) {
    known.all += all;
    known.prose += prose;
  } else counts.set(text, { all, prose });
}

export function wordCounts(mentions: ReadonlyMap<string, Mentions>): WordCounts {
  const byCount = new Map<number, string[]>();
  for (const [word, { all: count }] of mentions) {
    const words = byCount.get(count);
    if (words) words.push(word);
    else byCount.set(count, [word]);
  }
  return [...byCount].map(([count, words]) => `${count} ${words.join(" ")}`).join("\n");
}

/** Calls `add` with each word and how often the text says it. */
export function eachWord(counts: WordCounts, add: (word: string, count: number) => void): void {
  if (counts === "") return;
  for (const line of counts.split("\n")) {
    const [count, ...words] = line.split(" ");
    for (const word of words) add(word, Number(count));
  }
}
