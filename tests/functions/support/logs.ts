/** Keeps what the functions log in a test file, and holds it against everything that the file's requests carried. */
import { afterAll, beforeAll, expect } from "vitest";

const lines: string[] = [];
const sent = new Set<string>();
const forbidden: (readonly string[])[] = [];
let seen = 0;

/** For a set-up file: in every test file of the functions the log is kept, is JSON, and tells nothing of its visitors. */
export function watchLogs(): void {
  const { log, error } = console;
  beforeAll(() => {
    console.log = console.error = (line: unknown) => void lines.push(String(line));
  });
  afterAll(() => {
    Object.assign(console, { log, error });
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("event");
    const words = lines.map((line) => Object.values(JSON.parse(line)).join("\n").toLowerCase());
    expect(words.filter((line) => personal.some((pattern) => pattern.test(line)))).toEqual([]);
    for (const text of [...sent, ...forbidden.flat()].map((each) => each.toLowerCase()))
      expect(
        words.filter((line) => line.includes(text)),
        text,
      ).toEqual([]);
  });
}

/** An e-mail address, an IP address, a token of ours. */
const personal = [
  /[\w.+-]+@[\w-]+\.\w/,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /\b2001:db8:/,
  /\bv1\.[\w-]+\.[a-z\d-]+\.[\w-]{43}/,
];

/** Notes texts that a request carries: their beginning must never be in the log. Single words that may be anybody's are left out. */
export function noteSent(texts: readonly string[]): void {
  for (const text of texts) if (text.trim().length >= 10 || /\S[\s@]\S/.test(text)) sent.add(text.slice(0, 16));
}

/** Words that must not be in the log either; the list may still grow. */
export function neverLogged(words: readonly string[]): void {
  forbidden.push(words);
}

/** The lines since the last `clear`. */
export function keptLogs(): { readonly lines: readonly string[]; clear(): void } {
  return {
    get lines() {
      return lines.slice(seen);
    },
    clear: () => {
      seen = lines.length;
    },
  };
}
