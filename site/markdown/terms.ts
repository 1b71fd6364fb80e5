/** The words that an article uses most, of those that say something. */
import { type Html, trusted } from "../html.ts";
import { mentionsIn } from "../search/word-counts.ts";
import { plainText } from "./plain-text.ts";
import { stopWords } from "./stop-words.ts";

export interface Term {
  readonly word: string;
  readonly count: number;
  /** It stands in a code span, so that it names something. */
  readonly isCode: boolean;
}

/** So many stand for an article; what it says once is chance. */
const most = 60;
const minCount = 2;
const minLength = 3;

/** Blocks of code say `null` and `int` whatever they are about; names in the text count. `language` is BCP 47. */
export function termsOf(html: Html, language: string): readonly Term[] {
  const prose = html.markup.replace(/<pre\b[^>]*>[\s\S]*?<\/pre>/g, "");
  const spans = prose.match(/<code\b[^>]*>[\s\S]*?<\/code>/g) ?? [];
  const code = mentionsIn(plainText(trusted(spans.join(" "))));
  const silent = stopWords(language);
  return [...mentionsIn(plainText(trusted(prose)))]
    .filter(
      ([word, count]) => count >= minCount && word.length >= minLength && !silent.has(word) && !/^\d+$/.test(word),
    )
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([word, count]) => ({ word, count, isCode: code.has(word) }));
}
