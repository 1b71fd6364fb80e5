/** Keeps the log lines of a test file instead of printing them. */
import { afterAll, beforeAll, expect } from "vitest";

const lines: string[] = [];

export function keepLogs(): { readonly lines: readonly string[]; clear(): void } {
  const { log, error } = console;
  beforeAll(() => {
    console.log = console.error = (line: unknown) => void lines.push(String(line));
  });
  afterAll(() => {
    Object.assign(console, { log, error });
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("event");
  });
  return { lines, clear: () => void lines.splice(0) };
}

/** At the end of a file: nothing of what its visitors sent or were sent is in its logs. */
export function neverLogged(words: readonly string[]): void {
  afterAll(() => {
    for (const word of words)
      expect(lines.filter((line) => line.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
  });
}
