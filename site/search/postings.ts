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
const values = new Map([...digits].map((digit, value) => [digit, value]));

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
  let last = -1;
  for (const value of decodeNumbers(text)) {
    last += Math.floor(value / maxWeight) + 1;
    postings.push({ post: last, weight: (value % maxWeight) + 1 });
  }
  return postings;
}

function encodeNumber(value: number): string {
  const rest = Math.floor(value / 32);
  return rest > 0 ? `${digits[(value % 32) + 32]}${encodeNumber(rest)}` : `${digits[value]}`;
}

/** @throws {RangeError} for a text that {@link encodePostings} did not make. */
function decodeNumbers(text: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const digit of text) {
    const bits = values.get(digit);
    if (bits === undefined) throw new RangeError(`no digit: ${digit}`);
    value += (bits % 32) * scale;
    scale *= 32;
    if (bits >= 32) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return numbers;
}
