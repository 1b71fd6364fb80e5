/** How often a text says each of its words: made once for an article, kept as text, added up for the whole blog. */
import { runs, wordsIn } from "./words.ts";

/** Words by how often they are said: `1 heap lock\n4 queue`. */
export type WordCounts = string;

/** Each run of letters is taken apart once, however often it is written. */
export function mentionsIn(text: string): ReadonlyMap<string, number> {
  const written = new Map<string, number>();
  for (const run of text.match(runs) ?? []) written.set(run, (written.get(run) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [run, count] of written)
    for (const { word } of wordsIn(run)) counts.set(word, (counts.get(word) ?? 0) + count);
  return counts;
}

export function countWords(text: string): WordCounts {
  const byCount = new Map<number, string[]>();
  for (const [word, count] of mentionsIn(text)) {
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
