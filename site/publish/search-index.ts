/** The index that the browser searches, made of the listed posts. site/search/ reads it. */
import { createHash } from "node:crypto";
import type { Blog, Post } from "../content/blog.ts";
import {
  type Document,
  firstRecent,
  type Heading,
  headingsPerFile,
  indexPath,
  type Root,
  writeHeadings,
  writeWords,
} from "../search/files.ts";
import { encodePostings, maxWeight, type Posting } from "../search/postings.ts";
import { eachWord } from "../search/word-counts.ts";
import { runs, wordTextsIn } from "../search/words.ts";

/** A file of words grows to about this many characters: some 4 kB on the wire. */
const fileLength = 6_000;
/** Frequent words that a typo is compared with, and how short they may be. */
const commonWords = 4_000;
const commonMinLength = 4;

/** How much more a word says there than in the text. */
const inTitle = 10;
const inTag = 8;
const inHeading = 4;
const inDescription = 3;

/** Files with their paths from the origin; site/search/files.ts describes them. One after the other: together they are large. */
export function* searchFiles({ listed, tags }: Blog): Generator<readonly [path: string, text: string]> {
  const file = (name: string, text: string) => [indexPath + name, text] as const;
  const posts = listed.toReversed();
  const version = digest(posts.map(({ url }) => url).join("\n"));
  const words = postingsByWord(posts);
  const firsts: string[] = [];
  let before = "";
  for (const group of groups([...words].sort(([a], [b]) => (a < b ? -1 : 1)))) {
    yield file(`w${firsts.length}.txt`, writeWords(version, group));
    firsts.push(separator(before, group[0]?.[0] ?? ""));
    before = group.at(-1)?.[0] ?? "";
  }
  yield file("common.txt", mostCommon(words).join("\n"));
  const numbers = new Map(posts.map((post, number) => [post, number]));
  const headings = posts.map(headingOf);
  const recent = firstRecent(posts.length);
  const root: Root = {
    version,
    posts: posts.length,
    files: firsts,
    years: yearsOf(posts),
    tags: tags.map(({ name, posts: tagged }) => [name, encodePostings(all(tagged, numbers))]),
    recent,
    headings: writeHeadings(headings.slice(recent)),
  };
  yield file("root.json", JSON.stringify(root));
  for (let from = 0; from < recent; from += headingsPerFile)
    yield file(`h${from / headingsPerFile}.txt`, writeHeadings(headings.slice(from, from + headingsPerFile)));
  for (const [number, { description, article }] of posts.entries()) {
    const document: Document = { description, text: article.plainText() };
    yield file(`d${number}.json`, JSON.stringify(document));
  }
}

/** How often a post says a word, in one number with that of the post: a large blog has millions of them. */
const countLimit = 2 ** 12;

function postingsByWord(posts: readonly Post[]): Map<string, string> {
  const split = splitter();
  const mentions = new Map<string, number[]>();
  const lengths = posts.map((post, number) => {
    let length = 0;
    addWords(post, split, (word, count) => {
      length += count;
      const of = mentions.get(word) ?? [];
      const last = of.at(-1) ?? -1;
      const isAgain = Math.floor(last / countLimit) === number;
      const sum = Math.min(count + (isAgain ? last % countLimit : 0), countLimit - 1);
      of[isAgain ? of.length - 1 : of.length] = number * countLimit + sum;
      if (last < 0) mentions.set(word, of);
    });
    return length;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const weigh = (mention: number): Posting => {
    const post = Math.floor(mention / countLimit);
    return { post, weight: weightOf(mention % countLimit, (lengths[post] ?? mean) / mean) };
  };
  return new Map([...mentions].map(([word, of]) => [word, encodePostings(of.map(weigh))]));
}

/** Words of a run of letters; a blog has few different ones. */
type Split = (run: string) => readonly string[];

function splitter(): Split {
  const known = new Map<string, readonly string[]>();
  return (run) => {
    const words = known.get(run) ?? wordTextsIn(run);
    known.set(run, words);
    return words;
  };
}

function addWords(post: Post, split: Split, add: (word: string, count: number) => void): void {
  const addText = (part: string, weight: number) => {
    for (const run of part.match(runs) ?? []) for (const word of split(run)) add(word, weight);
  };
  eachWord(post.article.wordCounts(), add);
  addText(post.title, inTitle);
  addText(post.description, inDescription);
  for (const tag of post.tags) addText(tag, inTag);
  for (const heading of post.article.headings) addText(heading.text, inHeading);
}

/** BM25's saturation in eight steps: the tenth mention says less than the second, and less in a long text. */
function weightOf(count: number, relativeLength: number): number {
  const k = 1.5 * (0.4 + 0.6 * relativeLength);
  return 1 + Math.round(((maxWeight - 1) * count) / (count + 2 * k));
}

/** Words that begin alike stay together where they can, so that what was typed so far leads to one file. */
function* groups(words: readonly (readonly [string, string])[]): Generator<(readonly [string, string])[]> {
  let group: (readonly [string, string])[] = [];
  let length = 0;
  for (const entry of words) {
    const isNewBeginning = group.at(-1)?.[0].slice(0, 2) !== entry[0].slice(0, 2);
    if (length >= fileLength || (isNewBeginning && length >= fileLength / 2)) {
      yield group;
      group = [];
      length = 0;
    }
    group.push(entry);
    length += entry[0].length + entry[1].length + 2;
  }
  if (group.length > 0) yield group;
}

/** The shortest beginning of `word` that comes after `before`. */
function separator(before: string, word: string): string {
  let length = 1;
  while (word.slice(0, length) <= before) length++;
  return word.slice(0, length);
}

/** Most frequent first. Length of postings stands for their number. */
function mostCommon(words: ReadonlyMap<string, string>): readonly string[] {
  return [...words]
    .filter(([word]) => word.length >= commonMinLength && !/^\d+$/.test(word))
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, commonWords)
    .map(([word]) => word);
}

function yearsOf(posts: readonly Post[]): (readonly [number, number])[] {
  const firsts = new Map<number, number>();
  for (const [number, { published }] of posts.entries())
    if (!firsts.has(published.year)) firsts.set(published.year, number);
  return [...firsts];
}

function all(posts: readonly Post[], numbers: ReadonlyMap<Post, number>): readonly Posting[] {
  return posts.map((post) => ({ post: numbers.get(post) ?? 0, weight: 1 })).sort((a, b) => a.post - b.post);
}

function headingOf({ title, slug, published }: Post): Heading {
  return { title, slug, date: published.toISODate() };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
