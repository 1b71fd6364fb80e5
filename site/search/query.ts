/** What a reader asks for, against the files of the index. */
import {
  type Document,
  filesBetween,
  type Heading,
  headingsPerFile,
  type Root,
  readHeadings,
  readWords,
} from "./files.ts";
import { nearWords } from "./near.ts";
import { decodePostings, eachPosting, postingsIn } from "./postings.ts";
import { prefix, rarityOf, type Titles, titlesOf } from "./titles.ts";
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
  /** What titles and tags answer, with nothing to wait for; {@link Index.search} has all of it, and more. */
  glance(query: Query): Answer;
  search(query: Query): Promise<Answer>;
  /** At once for a newer post. @throws {RangeError} as a rejection, when there is no such post. */
  heading(post: number): Heading | Promise<Heading>;
  document(post: number): Promise<Document>;
  readonly root: Root;
}

/** Longer questions are cut: nobody types them. */
const maxWords = 8;
const exact = 1;
const near = 0.4;

/** `fetchText` gets a file of the index by its name. Each file is fetched once. */
export async function openIndex(fetchText: (name: string) => Promise<string>): Promise<Index> {
  const root = JSON.parse(await fetchText("root.json")) as Root;
  const once = <T>(read: (text: string) => T) => {
    const known = new Map<string, Promise<T>>();
    return (name: string) => {
      const file = known.get(name) ?? fetchText(name).then(read);
      known.set(name, file);
      // What failed may work the next time.
      file.catch(() => known.delete(name));
      return file;
    };
  };
  const words = once((text) => readWords(root.version, text));
  const wordsOf = async (file: number) => {
    const found = await words(`w${file}.txt`);
    if (!found) throw new Error("the site has changed since this page was loaded");
    return found;
  };
  const lines = once((text) => text.split("\n"));
  const headings = once(readHeadings);
  const documents = once((text) => JSON.parse(text) as Document);
  const recent = readHeadings(root.headings);
  const older = async (post: number) => {
    const file = post < root.recent ? await headings(`h${Math.floor(post / headingsPerFile)}.txt`) : [];
    const heading = file[post % headingsPerFile];
    if (!heading) throw new RangeError(`no post ${post}`);
    return heading;
  };
  const source: Source = { root, titles: titlesOf(root), wordsOf, common: () => lines("common.txt") };
  return {
    root,
    heading: (post) => recent[post - root.recent] ?? older(post),
    document: (post) => documents(`d${post}.json`),
    glance: (query) => glance(query, source),
    search: (query) => answer(query, source),
  };
}

interface Source {
  readonly root: Root;
  readonly titles: Titles;
  readonly wordsOf: (file: number) => Promise<ReadonlyMap<string, string>>;
  readonly common: () => Promise<readonly string[]>;
}

/** Scores by the number of the post, 0 where the post does not have the word. */
type Scores = Float64Array;

interface Match {
  readonly scores: Scores;
  readonly words: readonly string[];
  readonly instead?: string | undefined;
}

function glance(query: Query, { root, titles }: Source): Answer {
  const matches = typedIn(query).map((typed): Match => {
    const start = stem(typed);
    return { scores: titles.scores(typed, start), words: [start] };
  });
  return {
    hits: combine(matches, query, root, matches.length),
    words: matches.flatMap(({ words }) => words),
    instead: [],
  };
}

async function answer(query: Query, source: Source): Promise<Answer> {
  const typed = typedIn(query);
  const matches = await Promise.all(typed.map((word) => match(word, source)));
  const known = matches.filter(({ scores }) => scores.some((score) => score > 0)).length;
  const every = combine(matches, query, source.root, known);
  const hits = every.length > 0 ? every : combine(matches, query, source.root, 1);
  return {
    hits,
    words: matches.flatMap(({ words }) => words),
    instead: matches.flatMap(({ instead }, at) => (instead ? [[typed[at] ?? "", instead] as const] : [])),
  };
}

function typedIn({ text }: Query): readonly string[] {
  const all = [...new Set(wordsIn(text).map(({ word }) => word))].slice(0, maxWords);
  // One letter of the next word says nothing yet, and would fetch what the second letter does not need.
  return all.length > 1 && /^[a-z]$/.test(all.at(-1) ?? "") ? all.slice(0, -1) : all;
}

async function match(typed: string, source: Source): Promise<Match> {
  const start = stem(typed);
  const [found, ofTitles] = [await find(typed, source), source.titles.scores(typed, start)];
  const scores = score(typed, found, source.root.posts);
  // Of a short beginning not all words were looked at; those of titles are at hand.
  for (const [post, of] of ofTitles.entries()) if (of > 0) scores[post] ||= of;
  if (scores.some((one) => one > 0)) return { scores, words: [start] };
  const candidates = nearWords(typed, await source.common(), 3);
  const lists = await Promise.all(candidates.map(async (word) => (await find(word, source)).get(word)));
  const others = new Map(candidates.flatMap((word, at) => (lists[at] ? [[word, lists[at]] as const] : [])));
  const words = [...others.keys()];
  return { scores: score(typed, others, source.root.posts), words, instead: words[0] };
}

/** Words that begin with what was typed, singular or plural. A single letter is only itself. */
async function find(typed: string, { root, wordsOf }: Source): Promise<Map<string, string>> {
  const start = stem(typed);
  const found = new Map<string, string>();
  // What begins with a short text fills many files: the first ones are enough to go on typing.
  const files = filesBetween(root.files, start, start).slice(0, typed.length < 3 ? 1 : 2);
  for (const words of await Promise.all(files.map(wordsOf))) {
    for (const [word, postings] of words) {
      if (word === typed || (typed.length > 1 && word.startsWith(start))) found.set(word, postings);
    }
  }
  return found;
}

/** `transactions` also means `transaction`. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:(?<=[sxz])es|(?<![sui])s)$/, "") : word;
}

/** The best of a post's words counts, and rare ones count more. */
function score(typed: string, found: ReadonlyMap<string, string>, posts: number): Scores {
  const scores = new Float64Array(posts);
  const start = stem(typed);
  for (const [word, text] of found) {
    const likeness =
      word === typed ? exact : word.startsWith(start) ? (prefix * (start.length + 2)) / (word.length + 2) : near;
    const value = likeness * rarityOf(postingsIn(text), posts);
    eachPosting(text, (post, weight) => {
      scores[post] = Math.max(scores[post] ?? 0, weight * value);
    });
  }
  return scores;
}

/** Posts in which at least so many of the typed words were found, best first. */
function combine(matches: readonly Match[], query: Query, root: Root, least: number): readonly Hit[] {
  const allowed = filter(query, root);
  const hits: Hit[] = [];
  for (let post = 0; post < root.posts; post++) {
    let score = 0;
    let found = 0;
    for (const { scores } of matches) {
      const one = scores[post] ?? 0;
      score += one;
      if (one > 0) found++;
    }
    if (found > 0 && found >= least && allowed(post)) hits.push({ post, score });
  }
  return hits.sort((a, b) => b.score - a.score || b.post - a.post);
}

function filter({ tag, year }: Query, { tags, years, posts }: Root): (post: number) => boolean {
  const ofTag = tag && new Set(decodePostings(tags.find(([name]) => name === tag)?.[1] ?? "").map(({ post }) => post));
  const at = years.findIndex(([one]) => one === year);
  const first = years[at]?.[1] ?? 0;
  const end = at < 0 ? posts : (years[at + 1]?.[1] ?? posts);
  return (post) => (!ofTag || ofTag.has(post)) && post >= first && post < end;
}
