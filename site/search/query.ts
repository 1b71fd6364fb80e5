/** What a reader asks for, against the files of the index. */
import { type Document, filesBetween, type Heading, headingsPerFile, type Root, readWords } from "./files.ts";
import { nearWords } from "./near.ts";
import { decodePostings } from "./postings.ts";
import { wordsIn } from "./words.ts";

export interface Query {
  readonly text: string;
  readonly tag?: string | undefined;
  readonly year?: number | undefined;
}

export interface Hit {
  /** Number of the post. */
  readonly post: number;
  readonly score: number;
}

export interface Answer {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** The words that were found, for marking them; longer ones begin with what was typed. */
  readonly words: readonly string[];
  /** What was searched for instead of a word that nobody wrote. */
  readonly instead: readonly (readonly [typed: string, found: string])[];
}

export interface Index {
  search(query: Query): Promise<Answer>;
  /** @throws {RangeError} when the post is of another deploy. */
  heading(post: number): Promise<Heading>;
  document(post: number): Promise<Document>;
  readonly root: Root;
}

/** Longer questions are cut: nobody types them. */
const maxWords = 8;
const exact = 1;
/** The last word may not be typed to its end yet, and plurals are the same word. */
const prefix = 0.55;
const near = 0.4;

/** `fetchText` gets a file of the index by its name. Each file is fetched once. */
export async function openIndex(fetchText: (name: string) => Promise<string>): Promise<Index> {
  const texts = new Map<string, Promise<string>>();
  const text = (name: string) => {
    const known = texts.get(name) ?? fetchText(name);
    texts.set(name, known);
    // What failed may work the next time.
    known.catch(() => texts.delete(name));
    return known;
  };
  const root = JSON.parse(await text("root.json")) as Root;
  const wordsOf = async (file: number) => {
    const words = readWords(root.version, await text(`w${file}.txt`));
    if (!words) throw new Error("the site has changed since this page was loaded");
    return words;
  };
  return {
    root,
    heading: async (post) => {
      const headings = JSON.parse(await text(`h${Math.floor(post / headingsPerFile)}.json`)) as readonly Heading[];
      const heading = headings[post % headingsPerFile];
      if (!heading) throw new RangeError(`no post ${post}`);
      return heading;
    },
    document: async (post) => JSON.parse(await text(`d${post}.json`)) as Document,
    search: (query) => answer(query, { root, wordsOf, common: async () => (await text("common.txt")).split("\n") }),
  };
}

interface Source {
  readonly root: Root;
  readonly wordsOf: (file: number) => Promise<ReadonlyMap<string, string>>;
  readonly common: () => Promise<readonly string[]>;
}

async function answer(query: Query, source: Source): Promise<Answer> {
  const all = [...new Set(wordsIn(query.text).map(({ word }) => word))].slice(0, maxWords);
  // One letter of the next word says nothing yet, and would fetch what the second letter does not need.
  const typed = all.length > 1 && /^[a-z]$/.test(all.at(-1) ?? "") ? all.slice(0, -1) : all;
  const matches = await Promise.all(typed.map((word) => match(word, source)));
  const allowed = filter(query, source.root);
  const known = matches.filter(({ scores }) => scores.size > 0).length;
  const every = combine(matches, allowed, known);
  const hits = every.length > 0 ? every : combine(matches, allowed, 1);
  return {
    hits,
    words: matches.flatMap(({ words }) => words),
    instead: matches.flatMap(({ instead }, at) => (instead ? [[typed[at] ?? "", instead] as const] : [])),
  };
}

interface Match {
  /** Scores by the number of the post. */
  readonly scores: ReadonlyMap<number, number>;
  readonly words: readonly string[];
  readonly instead?: string | undefined;
}

async function match(typed: string, source: Source): Promise<Match> {
  const found = await find(typed, source);
  if (found.size > 0) return { scores: score(typed, found, source.root.posts), words: [stem(typed)] };
  const candidates = nearWords(typed, await source.common(), 3);
  const others = new Map<string, string>();
  for (const candidate of candidates) {
    const postings = (await find(candidate, source)).get(candidate);
    if (postings) others.set(candidate, postings);
  }
  const words = [...others.keys()];
  return { scores: score(typed, others, source.root.posts), words, instead: words[0] };
}

/** Words that begin with what was typed, singular or plural. A single letter is only itself. */
async function find(typed: string, { root, wordsOf }: Source): Promise<Map<string, string>> {
  const start = stem(typed);
  const found = new Map<string, string>();
  // What begins with a short text fills many files: the first two are enough to go on typing.
  for (const file of filesBetween(root.files, start, start).slice(0, 2)) {
    for (const [word, postings] of await wordsOf(file)) {
      if (word === typed || (typed.length > 1 && word.startsWith(start))) found.set(word, postings);
    }
  }
  return found;
}

/** `transactions` also means `transaction`. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:(?<=[sxz])es|(?<![sui])s)$/, "") : word;
}

/** The best of a post's words counts; rare ones count more (BM25's inverse document frequency). */
function score(typed: string, found: ReadonlyMap<string, string>, posts: number): Map<number, number> {
  const scores = new Map<number, number>();
  const start = stem(typed);
  for (const [word, text] of found) {
    const postings = decodePostings(text);
    const rarity = Math.log(1 + (posts - postings.length + 0.5) / (postings.length + 0.5));
    const likeness =
      word === typed ? exact : word.startsWith(start) ? (prefix * (start.length + 2)) / (word.length + 2) : near;
    for (const { post, weight } of postings)
      scores.set(post, Math.max(scores.get(post) ?? 0, weight * likeness * (0.2 + rarity)));
  }
  return scores;
}

/** Posts in which at least so many of the typed words were found. */
function combine(matches: readonly Match[], allowed: (post: number) => boolean, least: number): readonly Hit[] {
  const sums = new Map<number, { score: number; count: number }>();
  for (const { scores } of matches) {
    for (const [post, score] of scores) {
      const sum = sums.get(post) ?? { score: 0, count: 0 };
      sums.set(post, { score: sum.score + score, count: sum.count + 1 });
    }
  }
  return [...sums]
    .filter(([post, { count }]) => count >= least && allowed(post))
    .map(([post, { score }]) => ({ post, score }))
    .sort((a, b) => b.score - a.score || b.post - a.post);
}

function filter({ tag, year }: Query, { tags, years, posts }: Root): (post: number) => boolean {
  const ofTag = tag && new Set(decodePostings(tags.find(([name]) => name === tag)?.[1] ?? "").map(({ post }) => post));
  const at = years.findIndex(([one]) => one === year);
  const first = years[at]?.[1] ?? 0;
  const end = at < 0 ? posts : (years[at + 1]?.[1] ?? posts);
  return (post) => (!ofTag || ofTag.has(post)) && post >= first && post < end;
}
