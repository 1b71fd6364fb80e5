/** From what the parser knows, the line of a block, to where the author's text stands. */

export interface SourceMap {
  readonly source: string;
  /** Text of a 0-based line without its end; empty behind the last one. */
  line(number: number): string;
  /** Text of a block of lines. */
  text(block: readonly [first: number, end: number]): string;
  /** 0-based line of an offset. */
  lineAt(offset: number): number;
  /** Place of a text in a line or below it; the line's first character that is no space when it is not found or not given. */
  find(line: number, text?: string | undefined): Place;
  /** The same within a block of lines, going on behind what an earlier call for that block found. */
  next(block: readonly [first: number, end: number], text: string): Place;
}

export interface Place {
  /** UTF-16 units. */
  readonly offset: number;
  readonly length?: number | undefined;
}

export function sourceMap(source: string): SourceMap {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  const startOf = (number: number) => starts[number] ?? source.length;
  const line = (number: number) => source.slice(startOf(number), startOf(number + 1)).replace(/\r?\n$/, "");
  const reached = new Map<string, number>();
  return {
    source,
    line,
    text: ([first, end]) => source.slice(startOf(first), startOf(end)),
    lineAt: (offset) => starts.findLastIndex((start) => start <= offset),
    find(number, text) {
      const start = startOf(number);
      const found = text ? source.indexOf(text, start) : -1;
      return found >= 0 ? { offset: found, length: text?.length } : { offset: start + line(number).search(/\S|$/) };
    },
    next([first, end], text) {
      const key = `${first} ${text}`;
      const found = source.indexOf(text, reached.get(key) ?? startOf(first));
      if (found < 0 || found >= startOf(end)) return this.find(first);
      reached.set(key, found + text.length);
      return { offset: found, length: text.length };
    },
  };
}
