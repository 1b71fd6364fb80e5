/** The line behind a code fence: ```` ```sql title="dedupe.sql" {3-5,8} ````. */

export interface FenceInfo {
  readonly language: string;
  /** Bare words behind the language, `bar` in `chart bar`. */
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** 1-based numbers of the lines in braces. */
  readonly lines: ReadonlySet<number>;
  /** Ranges in braces as they are written, `3-5`. */
  readonly ranges: readonly string[];
}

/** Tells the author of a mistake in a fence; `about` is the text that is meant, for its column. */
export type Report = (code: string, problem: string, hint?: string, about?: string) => void;

export function parseFenceInfo(info: string): FenceInfo {
  const options = new Map<string, string>();
  const lines = new Set<number>();
  const ranges: string[] = [];
  const rest = info
    .replace(/([a-z-]+)="([^"]*)"/gi, (_, key: string, value: string) => {
      options.set(key, value);
      return "";
    })
    .replace(/\{([\d,\s-]+)\}/g, (_, written: string) => {
      ranges.push(...written.split(",").map((range) => range.trim()));
      return "";
    });
  const [language = "", ...words] = rest.trim().split(/\s+/);
  for (const range of ranges) {
    const [first, last] = endsOf(range);
    for (let line = first; line <= Math.min(last, 10_000); line++) lines.add(line);
  }
  return { language: language.toLowerCase(), words, options, lines, ranges };
}

/** First and last line of `3-5` or `8`; not numbers when it is something else. */
export function endsOf(range: string): readonly [first: number, last: number] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
  return [Number(first), Number(last)];
}
