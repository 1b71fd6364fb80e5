/** What titles and tags alone say of a word: they are in memory before the first letter, so that they answer it at once. */
import type { Root } from "./files.ts";
import { eachPosting } from "./postings.ts";
import { plain } from "./words.ts";

export interface Titles {
  /** Scores by the number of the post, 0 where its title and its tags do not have the word. */
  scores(typed: string, start: string): Float64Array;
}

/** Of at most 8, as the weights of postings are. */
const titleWeight = 8;
const tagWeight = 6;
/** How alike a word is that begins with what was typed: the last word may not be typed to its end yet. */
export const prefix = 0.55;

export function titlesOf({ recent, headings, tags, posts }: Root): Titles {
  const titles = plain(headings)
    .split("\n")
    .map((line) => spaced(line.slice(0, line.indexOf("\t"))));
  const names = tags.map(([name, postings]) => [spaced(plain(name)), postings] as const);
  return {
    scores(typed, start) {
      const scores = new Float64Array(posts);
      let holders = 0;
      const found = (post: number, score: number) => {
        if (!scores[post]) holders++;
        scores[post] = Math.max(scores[post] ?? 0, score);
      };
      const likeness = likenessTo(typed, start);
      for (let at = 0; at < titles.length; at++) {
        const like = likeness(titles[at] ?? "");
        if (like > 0) found(recent + at, titleWeight * like);
      }
      for (const [name, postings] of names) {
        const like = likeness(name);
        if (like > 0) eachPosting(postings, (post) => found(post, tagWeight * like));
      }
      const rarity = rarityOf(holders, posts);
      for (let post = 0; post < posts; post++) scores[post] = (scores[post] ?? 0) * rarity;
      return scores;
    },
  };
}

/** Rare words say more. @see https://en.wikipedia.org/wiki/Okapi_BM25 (inverse document frequency) */
export function rarityOf(holders: number, posts: number): number {
  return 0.2 + Math.log(1 + (posts - holders + 0.5) / (holders + 0.5));
}

/** With a space before and after each word: `includes` is the fastest way to look for one. */
function spaced(text: string): string {
  return ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ")} `;
}

/** 1 for a text with the word, less for one with a word that begins with `start`. A single letter is only itself. */
function likenessTo(typed: string, start: string): (text: string) => number {
  // Scripts without spaces have no beginnings of words.
  if (!/[a-z0-9]/.test(typed)) return (text) => (text.includes(typed) ? 1 : 0);
  const whole = ` ${typed} `;
  const beginning = typed.length > 1 ? ` ${start}` : whole;
  return (text) => (!text.includes(beginning) ? 0 : text.includes(whole) ? 1 : prefix);
}
