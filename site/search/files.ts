/**
 * What the browser fetches for a search, one file at a time. `root.json` says which posts there are and where words
 * begin; `w3.txt` has the words from one place in the alphabet to the next; `h1.json` has the titles of a
 * run of posts; `d17.json` is a post's text, for its excerpt; `common.txt` has the frequent words, for those who mistype.
 */

export interface Root {
  /** Changes when posts change their numbers: files of another version belong to another deploy. */
  readonly version: string;
  /** Number of posts; they are numbered from the oldest, so that a new one leaves the others' numbers alone. */
  readonly posts: number;
  /** First word of each file of words. */
  readonly files: readonly string[];
  /** Years with the number of the first post in each. */
  readonly years: readonly (readonly [year: number, first: number])[];
  /** Tags with their posts as text of postings. */
  readonly tags: readonly (readonly [name: string, posts: string])[];
}

/** Posts whose headings share a file: a search fetches few files, and of most of them little for nothing. */
export const headingsPerFile = 128;

export interface Heading {
  readonly url: string;
  readonly title: string;
  /** `2026-11-24` */
  readonly date: string;
}

export interface Document {
  readonly description: string;
  readonly text: string;
}

/** Sorted words with their postings, one a line; of a word only what differs from the one before. */
export function writeWords(version: string, words: readonly (readonly [word: string, postings: string])[]): string {
  let before = "";
  const lines = words.map(([word, postings]) => {
    const shared = Math.min(35, commonStart(before, word));
    before = word;
    return `${shared.toString(36)}${word.slice(shared)} ${postings}`;
  });
  return [version, ...lines].join("\n");
}

/** Postings by word, still as text. Undefined when the file is of another version. */
export function readWords(version: string, text: string): ReadonlyMap<string, string> | undefined {
  const [found, ...lines] = text.split("\n");
  if (found !== version) return undefined;
  let before = "";
  return new Map(
    lines.map((line) => {
      const end = line.indexOf(" ");
      before = before.slice(0, Number.parseInt(line[0] ?? "0", 36)) + line.slice(1, end);
      return [before, line.slice(end + 1)] as const;
    }),
  );
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** The files in which words from `first` up to those that begin with `last` can be. */
export function filesBetween(files: readonly string[], first: string, last: string): readonly number[] {
  const from = Math.max(
    0,
    files.findLastIndex((start) => start <= first),
  );
  const to = files.findLastIndex((start) => start <= `${last}\uffff`);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}
