/**
 * What the browser fetches for a search, one file at a time. `root.json` comes before the first letter: it says which posts
 * there are, has the titles of the newest, and says where words begin. `w3.txt` has the words from one place in the
 * alphabet to the next; `h1.txt` has the titles of a run of older posts; `d17.json` is a post's text, for its excerpt;
 * `common.txt` has the frequent words, for those who mistype.
 */

/** Path from the origin: apart from the page of the search, for their headers are others. */
export const indexPath = "/search/index/";

export interface Root {
  /** Changes when posts change their numbers: files of another version belong to another deploy. */
  readonly version: string;
  /** Number of posts; they are numbered from the oldest, so that a new one leaves the others' numbers alone. */
  readonly posts: number;
  /** Where each file of words begins: at the shortest text that no word of the file before it reaches. */
  readonly files: readonly string[];
  /** Years with the number of the first post in each. */
  readonly years: readonly (readonly [year: number, first: number])[];
  /** Tags with their posts as text of postings. */
  readonly tags: readonly (readonly [name: string, posts: string])[];
  /** The first post whose heading is in here. */
  readonly recent: number;
  /** Of the posts from `recent` on, as {@link writeHeadings} makes them. */
  readonly headings: string;
}

/** Posts whose headings share a file. */
export const headingsPerFile = 128;
/** So many of the newest posts at least have theirs in the root: what they cost once, one search in files would cost. */
const recentHeadings = 1_000;

/** The first post whose heading is in the root: the first of a file, so that the files of older posts stay as they are. */
export function firstRecent(posts: number): number {
  return Math.floor(Math.max(0, posts - recentHeadings) / headingsPerFile) * headingsPerFile;
}

export interface Heading {
  readonly title: string;
  readonly slug: string;
  /** `2026-11-24` */
  readonly date: string;
}

const dayMs = 86_400_000;
/** Stands for the title in a slug that is made of it. */
const fromTitle = "*";

/** Oldest first, one a line: title, days since the one before, and of the slug what does not follow from the title. */
export function writeHeadings(headings: readonly Heading[]): string {
  let before = 0;
  const lines = headings.map(({ title, slug, date }) => {
    const day = Date.parse(date) / dayMs;
    const text = title.replace(/\s+/g, " ");
    const expected = slugOf(text);
    const rest = expected && slug.startsWith(expected) ? fromTitle + slug.slice(expected.length) : slug;
    const line = `${text}\t${(day - before).toString(36)}${rest === fromTitle ? "" : `\t${rest}`}`;
    before = day;
    return line;
  });
  return lines.join("\n");
}

export function readHeadings(text: string): readonly Heading[] {
  let day = 0;
  return text.split("\n").map((line) => {
    const [title = "", days = "0", rest = fromTitle] = line.split("\t");
    day += Number.parseInt(days, 36);
    const slug = rest.startsWith(fromTitle) ? slugOf(title) + rest.slice(fromTitle.length) : rest;
    return { title, slug, date: new Date(day * dayMs).toISOString().slice(0, 10) };
  });
}

function slugOf(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("-") ?? ""
  );
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
