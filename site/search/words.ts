/** Text to the words that a search compares: the same in the build and in the browser. */

/** Longer ones are hashes and tables of bytes, which nobody types. */
const maxLength = 32;

export interface Word {
  /** Lower case, without accents. */
  readonly word: string;
  /** UTF-16 units from the beginning of the text. */
  readonly start: number;
  readonly end: number;
}

/** Letters and digits of every script. Those of ASCII stand in front: they are found without the tables of Unicode. */
export const runs = /(?:[A-Za-z0-9]+|[\p{L}\p{M}\p{N}])+/gu;

const simple = /^[A-Za-z0-9][a-z0-9]*$/;
const ascii = /^[A-Za-z0-9]+$/;

/** A run of letters is a word; `readUncommitted` is one and two more, and scripts without spaces give pairs of characters. */
export function wordsIn(text: string): Word[] {
  const found: Word[] = [];
  for (const { 0: run, index } of text.matchAll(runs))
    ofRun(run, (word, at, length) => found.push({ word, start: index + at, end: index + at + length }));
  return found;
}

/** The same for those who ask for no places, in half the time. */
export function wordTextsIn(text: string): string[] {
  const found: string[] = [];
  const all = simple.test(text) ? [text] : (text.match(runs) ?? []);
  for (const run of all) ofRun(run, (word) => found.push(word));
  return found;
}

function ofRun(run: string, add: (word: string, at: number, length: number) => void): void {
  // Nearly all words are such; what follows costs ten times as much.
  if (simple.test(run)) {
    if (run.length <= maxLength) add(run.toLowerCase(), 0, run.length);
    return;
  }
  for (const [at, length] of pieces(run)) {
    const word = plain(run.slice(at, at + length));
    if (word && word.length <= maxLength) add(word, at, length);
  }
}

/** `Größe` → `grosse`, `Café` → `cafe`. */
export function plain(word: string): string {
  if (ascii.test(word)) return word.toLowerCase();
  return word
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss");
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Offset and length of each word in a run of letters. */
function pieces(run: string): readonly (readonly [at: number, length: number])[] {
  if (unspaced.test(run)) {
    const last = Math.max(1, run.length - 1);
    return Array.from({ length: last }, (_, at) => [at, Math.min(2, run.length - at)] as const);
  }
  const parts = [...run.matchAll(/\p{Lu}?[\p{Ll}\p{M}\p{N}]+|\p{Lu}+(?!\p{Ll})|[^\p{Lu}]+/gu)];
  const whole = [0, run.length] as const;
  return parts.length < 2 ? [whole] : [whole, ...parts.map((part) => [part.index, part[0].length] as const)];
}
