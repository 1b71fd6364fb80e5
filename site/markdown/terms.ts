/** The words that an article uses most. */
import { type Html, trusted } from "../html.ts";
import { runs, wordsIn } from "../search/words.ts";
import { plainText } from "./plain-text.ts";

export type Term = readonly [word: string, count: number];

/** So many stand for an article; what it says once is chance. */
const most = 60;
const minCount = 2;
const minLength = 3;

/** Blocks of code say `null` and `int` whatever they are about; names in the text count. */
export function termsOf(html: Html): readonly Term[] {
  const prose = trusted(html.markup.replace(/<pre\b[^>]*>[\s\S]*?<\/pre>/g, ""));
  const written = new Map<string, number>();
  for (const run of plainText(prose).match(runs) ?? []) written.set(run, (written.get(run) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [run, count] of written)
    for (const { word } of wordsIn(run)) counts.set(word, (counts.get(word) ?? 0) + count);
  return [...counts]
    .filter(([word, count]) => count >= minCount && word.length >= minLength && !/^\d+$/.test(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most);
}
