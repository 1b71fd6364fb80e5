/** Words of a language that say nothing of what a text is about. */
import lists from "stopwords-iso" with { type: "json" };
import { wordTextsIn } from "../search/words.ts";

const known = new Map<string, ReadonlySet<string>>();

/** As {@link wordTextsIn} gives them; none for a language without a list. `language` is BCP 47. */
export function stopWords(language: string): ReadonlySet<string> {
  const code = language.toLowerCase().split("-", 1)[0] ?? "";
  const words = known.get(code) ?? new Set(listOf(code).flatMap(wordTextsIn));
  known.set(code, words);
  return words;
}

function listOf(code: string): readonly string[] {
  return (lists as Readonly<Record<string, readonly string[]>>)[code] ?? [];
}
