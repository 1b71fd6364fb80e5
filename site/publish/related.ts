/** Which articles are like another: by the words that tell them from the rest (TF-IDF), their tags and technologies. */
import type { Blog, Post } from "../content/blog.ts";

export interface Related {
  readonly post: Post;
  /** What the two have in common, for the reader: tags, or else words. */
  readonly reason: string;
}

const most = 3;
/** Words that stand for an article. */
const vectorLength = 40;
/** A word that so large a share of the articles has, or so many of them, tells nothing; the work stays linear by it. */
const commonShare = 0.3;
const commonCount = 200;
/** A common tag of no other article is worth this much of a cosine of 1. */
const tagWeight = 0.25;
/** What is less alike is not worth a reader's time. */
const threshold = 0.08;

interface Vector {
  /** Weights of unit length. */
  readonly weights: ReadonlyMap<string, number>;
}

/** Most alike first, at most three; none where nothing is alike. Parts of the same series are shown by the series. */
export function relatedPosts({ listed }: Blog): ReadonlyMap<Post, readonly Related[]> {
  const vectors = vectorsOf(listed);
  const holders = new Map<string, [post: number, weight: number][]>();
  for (const [post, { weights }] of vectors.entries())
    for (const [word, weight] of weights) push(holders, word, [post, weight]);
  const tagHolders = new Map<string, number[]>();
  for (const [number, { tags }] of listed.entries()) for (const tag of tags) push(tagHolders, tag, number);
  return new Map(
    listed.map((post, number) => {
      const scores = new Map<number, number>();
      for (const [word, weight] of vectors[number]?.weights ?? [])
        for (const [other, otherWeight] of holders.get(word) ?? []) add(scores, other, weight * otherWeight);
      for (const tag of post.tags) {
        const tagged = tagHolders.get(tag) ?? [];
        const rarity = Math.log(listed.length / tagged.length) / Math.log(Math.max(2, listed.length));
        for (const other of tagged) add(scores, other, tagWeight * rarity);
      }
      return [post, best(scores, number, listed).map((other) => relatedTo({ post, vectors, number, other, listed }))];
    }),
  );
}

function vectorsOf(posts: readonly Post[]): readonly Vector[] {
  const counts = new Map<string, number>();
  for (const { article } of posts) for (const [word] of article.terms) counts.set(word, (counts.get(word) ?? 0) + 1);
  const limit = Math.max(2, Math.min(posts.length * commonShare, commonCount));
  return posts.map(({ article }) => {
    const weighed = article.terms
      .flatMap(([word, count]): [string, number][] => {
        const holders = counts.get(word) ?? 1;
        return holders < 2 || holders > limit ? [] : [[word, (1 + Math.log(count)) * Math.log(posts.length / holders)]];
      })
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, vectorLength);
    const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
    return { weights: new Map(weighed.map(([word, weight]) => [word, weight / length])) };
  });
}

function best(scores: ReadonlyMap<number, number>, self: number, posts: readonly Post[]): readonly number[] {
  const series = posts[self]?.series?.name;
  const found: [number: number, score: number][] = [];
  for (const entry of scores) {
    const [number, score] = entry;
    if (score < threshold || score < (found[most - 1]?.[1] ?? 0)) continue;
    if (number === self || (series && posts[number]?.series?.name === series)) continue;
    found.push(entry);
    // Of two that are equally alike, the newer one.
    found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (found.length > most) found.pop();
  }
  return found.map(([number]) => number);
}

interface Pair {
  readonly post: Post;
  readonly vectors: readonly Vector[];
  readonly number: number;
  readonly other: number;
  readonly listed: readonly Post[];
}

function relatedTo({ post, vectors, number, other, listed }: Pair): Related {
  const found = listed[other] ?? post;
  const tags = post.tags.filter((tag) => found.tags.includes(tag));
  if (tags.length > 0) return { post: found, reason: `also about ${tags.slice(0, most).join(", ")}` };
  const theirs = vectors[other]?.weights;
  const words = [...(vectors[number]?.weights ?? [])]
    .filter(([word]) => theirs?.has(word))
    .sort((a, b) => b[1] * (theirs?.get(b[0]) ?? 0) - a[1] * (theirs?.get(a[0]) ?? 0))
    .map(([word]) => word);
  return { post: found, reason: `also has much of ${words.slice(0, most).join(", ")}` };
}

function add(scores: Map<number, number>, at: number, score: number): void {
  scores.set(at, (scores.get(at) ?? 0) + score);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
