/** A file that an author wrote, with the way back from an offset to a line and a column. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ContentProblem } from "./problem.ts";

export interface Source {
  /** Path from the project root, with forward slashes. */
  readonly file: string;
  /** The text without a byte-order mark; line ends are kept. */
  readonly text: string;
  /** A problem at an offset (UTF-16 units) of the text. */
  problemAt(offset: number, problem: ProblemWords): ContentProblem;
}

export type ProblemWords = Pick<ContentProblem, "code" | "problem"> &
  Partial<Pick<ContentProblem, "key" | "hint" | "severity">>;

/** Reads a file as strict UTF-8. Throws what the file system throws, and `TypeError` on invalid UTF-8. */
export async function readSource(root: string, file: string): Promise<Source> {
  const bytes = await readFile(path.join(root, file));
  return sourceOf(file, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

export function sourceOf(file: string, text: string): Source {
  let starts: readonly number[] | undefined;
  return {
    file,
    text,
    problemAt(offset, words) {
      starts ??= lineStarts(text);
      const line = lineOf(starts, offset);
      return { severity: "error", ...words, file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    },
  };
}

/** The offset at which a 0-based line of the text begins. */
export function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let n = 0; n < line; n++) {
    const end = text.indexOf("\n", offset);
    if (end < 0) return text.length;
    offset = end + 1;
  }
  return offset;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
