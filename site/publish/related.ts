/** Which articles are like another: by the words that tell them from the rest (TF-IDF), their tags and technologies. */
import type { Blog, Post } from "../content/blog.ts";
import type { Technology } from "../content/technologies.ts";
import { plain, runs, wordTextsIn } from "../search/words.ts";

export interface Related {
  readonly post: Post;
  /** What the two have in common, for the reader: tags and technologies, or else words. */
  readonly reason: string;
}

const most = 3;
/** Words that stand for an article. */
const vectorLength = 40;
/** A word that so large a share of the articles has, or so many of them, tells nothing; the work stays linear by it. */
const commonShare = 0.3;
const commonCount = 200;
/** How much more a word says that an article puts into its title, its headings or its code spans. */
const strongFactor = 1.5;
/** A reader believes in a likeness without a common tag or technology when so many of those words are common. */
const leastStrong = 2;
/** A common tag or technology of no other article is worth this much of a cosine of 1. */
const labelWeight = 0.25;
/** A technology that is no tag of an article, but named in it again and again, counts for less. */
const mentionWorth = 0.5;
const leastMentions = 3;
/** What is less alike is not worth a reader's time. */
const threshold = 0.08;

/** What likeness is made of. */
interface Profile {
  readonly words: ReadonlyMap<string, Weighed>;
  /** What tags are worth, and technologies by the tags that they would be. */
  readonly labels: ReadonlyMap<string, number>;
}

interface Weighed {
  /** All weights of an article are a vector of length 1. */
  readonly weight: number;
  /** It stands in the title, in a heading or in a code span. */
  readonly isStrong: boolean;
}

/** Most alike first, at most three; none where nothing is alike. Parts of the same series are shown by the series. */
export function relatedPosts({ listed, technologies }: Blog): ReadonlyMap<Post, readonly Related[]> {
  const profiles = profilesOf(listed, technologies);
  const names = new Map(technologies.map(({ slug, name }) => [slug, name]));
  const wordHolders = holdersOf(profiles.map(({ words }) => words));
  const labelHolders = holdersOf(profiles.map(({ labels }) => labels));
  const rarity = (label: string) => rarityOf(labelHolders.get(label)?.length ?? 0, listed.length);
  // Of all posts, and cleared after each: a map for each post takes three times as long.
  const scores = new Float64Array(listed.length);
  const strong = new Uint16Array(listed.length);
  const nextTo = (number: number): readonly Related[] => {
    const { words, labels } = profiles[number] ?? none;
    for (const [word, { weight, isStrong }] of words) {
      for (const [other, its] of wordHolders.get(word) ?? []) {
        scores[other] = (scores[other] ?? 0) + weight * its.weight;
        if (isStrong && its.isStrong) strong[other] = (strong[other] ?? 0) + 1;
      }
    }
    for (const [label, worth] of labels) {
      const common = labelWeight * rarity(label) * worth;
      for (const [other, its] of labelHolders.get(label) ?? []) {
        scores[other] = (scores[other] ?? 0) + common * its;
        strong[other] = leastStrong;
      }
    }
    const found = best({ scores, strong, number, listed });
    scores.fill(0);
    strong.fill(0);
    const nameOf = (label: string) => names.get(label) ?? label;
    return found.map((other) => {
      const reason = reasonOf({ one: profiles[number] ?? none, other: profiles[other] ?? none, rarity, nameOf });
      return { post: listed[other] as Post, reason };
    });
  };
  return new Map(listed.map((post, number) => [post, nextTo(number)]));
}

const none: Profile = { words: new Map(), labels: new Map() };

function profilesOf(posts: readonly Post[], technologies: readonly Technology[]): readonly Profile[] {
  const holders = new Map<string, number>();
  for (const { article } of posts)
    for (const { word } of article.terms) holders.set(word, (holders.get(word) ?? 0) + 1);
  const limit = Math.max(2, Math.min(posts.length * commonShare, commonCount));
  return posts.map((post) => {
    const named = new Set([post.title, ...post.article.headings.map(({ text }) => text)].flatMap(plainWords));
    const weighed = post.article.terms
      .flatMap(({ word, count, isCode }): [string, Weighed][] => {
        const all = holders.get(word) ?? 1;
        if (all < 2 || all > limit) return [];
        const isStrong = isCode || named.has(word);
        const weight = (1 + Math.log(count)) * Math.log(posts.length / all) * (isStrong ? strongFactor : 1);
        return [[word, { weight, isStrong }]];
      })
      .sort((a, b) => b[1].weight - a[1].weight || (a[0] < b[0] ? -1 : 1))
      .slice(0, vectorLength);
    const length = Math.hypot(...weighed.map(([, { weight }]) => weight)) || 1;
    const words = new Map(weighed.map(([word, one]) => [word, { ...one, weight: one.weight / length }]));
    const mentions = technologiesIn(post, technologies).map((slug) => [slug, mentionWorth] as const);
    return { words, labels: new Map([...mentions, ...post.tags.map((tag) => [tag, 1] as const)]) };
  });
}

/** Those of the vocabulary that the text names again and again; a name of several words is looked for in title and headings. */
function technologiesIn({ title, article }: Post, technologies: readonly Technology[]): readonly string[] {
  const counts = new Map(article.terms.map(({ word, count }) => [word, count]));
  const lines = [title, ...article.headings.map(({ text }) => text)].map((line) => ` ${runsIn(line).join(" ")} `);
  return technologies
    .filter(({ name }) => {
      const parts = runsIn(name);
      if (parts.length === 1) return (counts.get(parts[0] ?? "") ?? 0) >= leastMentions;
      return lines.some((line) => line.includes(` ${parts.join(" ")} `));
    })
    .map(({ slug }) => slug);
}

function plainWords(text: string): readonly string[] {
  return wordTextsIn(text);
}

function runsIn(text: string): readonly string[] {
  return (text.match(runs) ?? []).map(plain);
}

/** Who has what, by the numbers of the posts. */
function holdersOf<T>(all: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, readonly (readonly [number, T])[]> {
  const holders = new Map<string, (readonly [number, T])[]>();
  for (const [number, one] of all.entries()) {
    for (const [key, value] of one) {
      const list = holders.get(key);
      if (list) list.push([number, value]);
      else holders.set(key, [[number, value]]);
    }
  }
  return holders;
}

/** 1 for a label that one article has, nearly 0 for one that all have. */
function rarityOf(holders: number, posts: number): number {
  return Math.log((posts + 1) / Math.max(1, holders)) / Math.log(posts + 1);
}

interface Scored {
  readonly scores: Float64Array;
  readonly strong: Uint16Array;
  readonly number: number;
  readonly listed: readonly Post[];
}

function best({ scores, strong, number, listed }: Scored): readonly number[] {
  const series = listed[number]?.series?.name;
  const found: [number: number, score: number][] = [];
  for (let other = 0; other < listed.length; other++) {
    const score = scores[other] ?? 0;
    if (score < threshold || score <= (found[most - 1]?.[1] ?? 0) || (strong[other] ?? 0) < leastStrong) continue;
    if (other === number || (series && listed[other]?.series?.name === series)) continue;
    found.push([other, score]);
    // Of two that are equally alike, the newer one.
    found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (found.length > most) found.pop();
  }
  return found.map(([other]) => other);
}

interface Pair {
  readonly one: Profile;
  readonly other: Profile;
  readonly rarity: (label: string) => number;
  readonly nameOf: (label: string) => string;
}

/** The strongest kind of what is common: tags, technologies that the text names, words; the rarest of each first. */
function reasonOf({ one, other, rarity, nameOf }: Pair): string {
  const labels = [...one.labels.keys()].filter((label) => other.labels.has(label));
  const tags = labels.filter((label) => one.labels.get(label) === 1 && other.labels.get(label) === 1);
  const rarest = (some: readonly string[]) =>
    some
      .toSorted((a, b) => rarity(b) - rarity(a))
      .slice(0, most)
      .map(nameOf)
      .join(", ");
  if (tags.length > 0) return `also about ${rarest(tags)}`;
  if (labels.length > 0) return `also mentions ${rarest(labels)}`;
  const words = [...one.words]
    .flatMap(([word, { weight, isStrong }]) => {
      const its = other.words.get(word);
      return isStrong && its?.isStrong ? [{ word, worth: weight * its.weight }] : [];
    })
    .sort((a, b) => b.worth - a.worth);
  return `also has much of ${words
    .slice(0, most)
    .map(({ word }) => word)
    .join(", ")}`;
}
