/** The words that an article uses most, code included. */
import type { Html } from "../html.ts";
import { runs, wordsIn } from "../search/words.ts";
import { plainText } from "./plain-text.ts";

export type Term = readonly [word: string, count: number];

/** So many stand for an article; what it says once is chance. */
const most = 120;
const minCount = 2;
const minLength = 3;

export function termsOf(html: Html): readonly Term[] {
  const written = new Map<string, number>();
  for (const run of plainText(html).match(runs) ?? []) written.set(run, (written.get(run) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [run, count] of written)
    for (const { word } of wordsIn(run)) counts.set(word, (counts.get(word) ?? 0) + count);
  return [...counts]
    .filter(([word, count]) => count >= minCount && word.length >= minLength && !/^\d+$/.test(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most);
}
