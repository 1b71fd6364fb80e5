/** The words that an article uses most, of those that say something. */
import { type Html, trusted } from "../html.ts";
import { type Mentions, mentionsIn } from "../search/word-counts.ts";
import { textParts } from "./plain-text.ts";
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
const code = /<(pre|code)\b[^>]*>[\s\S]*?<\/\1>/g;

/** Blocks of code say `null` and `int` whatever they are about; names in the text count. `language` is BCP 47. */
export function termsOf(html: Html, mentions: ReadonlyMap<string, Mentions>, language: string): readonly Term[] {
  const named = mentionsIn(textParts(trusted(codeSpans(html).join(" "))));
  const silent = stopWords(language);
  return [...mentions]
    .filter(
      ([word, { prose }]) => prose >= minCount && word.length >= minLength && !silent.has(word) && !/^\d+$/.test(word),
    )
    .sort(([a, { prose: inA }], [b, { prose: inB }]) => inB - inA || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word, { prose }]) => ({ word, count: prose, isCode: named.has(word) }));
}

/** Those within blocks of code are none. */
function codeSpans({ markup }: Html): readonly string[] {
  return (markup.match(code) ?? []).filter((element) => element.startsWith("<code"));
}
