/** Which posts hold a word, and how much they are about it, as printable text that compresses well. */

export interface Posting {
  /** Number of the post. */
  readonly post: number;
  /** 1 to 8: how much the post is about the word. */
  readonly weight: number;
}

export const maxWeight = 8;

/** 64 characters that no separator of ours is among. */
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/** By code unit; -1 for what is no digit. */
const values = new Int8Array(128).fill(-1);
for (const [value, digit] of [...digits].entries()) values[digit.charCodeAt(0)] = value;

/** Gaps between the numbers of the posts, each with its weight, in groups of five bits, lowest first. */
export function encodePostings(postings: readonly Posting[]): string {
  let text = "";
  let last = -1;
  for (const { post, weight } of postings) {
    text += encodeNumber((post - last - 1) * maxWeight + weight - 1);
    last = post;
  }
  return text;
}

export function decodePostings(text: string): Posting[] {
  const postings: Posting[] = [];
  eachPosting(text, (post, weight) => postings.push({ post, weight }));
  return postings;
}

/**
 * Without an object for each: a word of every post is read at every letter that is typed.
 * @throws {RangeError} for a text that {@link encodePostings} did not make.
 */
export function eachPosting(text: string, see: (post: number, weight: number) => void): void {
  let post = -1;
  let value = 0;
  let scale = 1;
  for (let at = 0; at < text.length; at++) {
    const bits = values[text.charCodeAt(at)] ?? -1;
    if (bits < 0) throw new RangeError(`no digit: ${text[at]}`);
    value += (bits % 32) * scale;
    scale *= 32;
    if (bits >= 32) continue;
    post += Math.floor(value / maxWeight) + 1;
    see(post, (value % maxWeight) + 1);
    value = 0;
    scale = 1;
  }
}

/** How many there are, without reading them: each ends with a digit below 32. */
export function postingsIn(text: string): number {
  return text.match(/[0-9A-V]/g)?.length ?? 0;
}

function encodeNumber(value: number): string {
  const rest = Math.floor(value / 32);
  return rest > 0 ? `${digits[(value % 32) + 32]}${encodeNumber(rest)}` : `${digits[value]}`;
}
