/** The line behind a code fence: ```` ```sql title="dedupe.sql" {3-5,8} ````. */

export interface FenceInfo {
  readonly language: string;
  /** Bare words behind the language, `bar` in `chart bar`. */
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** 1-based numbers of the lines in braces. */
  readonly lines: ReadonlySet<number>;
}

/** Tells the author of a mistake in a fence; `about` is the text that is meant, for its column. */
export type Report = (code: string, problem: string, hint?: string, about?: string) => void;

export function parseFenceInfo(info: string): FenceInfo {
  const options = new Map<string, string>();
  const lines = new Set<number>();
  const rest = info
    .replace(/([a-z-]+)="([^"]*)"/gi, (_, key: string, value: string) => {
      options.set(key, value);
      return "";
    })
    .replace(/\{([\d,\s-]+)\}/g, (_, ranges: string) => {
      for (const range of ranges.split(",")) addRange(lines, range.trim());
      return "";
    });
  const [language = "", ...words] = rest.trim().split(/\s+/);
  return { language: language.toLowerCase(), words, options, lines };
}

function addRange(lines: Set<number>, range: string): void {
  const [first = Number.NaN, last = first] = range.split("-").map(Number);
  for (let line = first; line <= Math.min(last, 10_000); line++) lines.add(line);
}
