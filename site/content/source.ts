/** A file that an author wrote, with the way back from an offset to a line and a column. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ContentProblem } from "./problem.ts";

export interface Source {
  /** Path from the project root, with forward slashes. */
  readonly file: string;
  /** The text without a byte-order mark; line ends are kept. */
  readonly text: string;
  /** A problem at an offset (UTF-16 units) of the text, `length` units long where that is known. */
  problemAt(offset: number, problem: ProblemWords & { readonly length?: number | undefined }): ContentProblem;
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
    problemAt(offset, { length, code, problem, key, hint, severity = "error" }) {
      starts ??= lineStarts(text);
      const line = lineOf(starts, offset);
      const column = offset - (starts[line] ?? 0) + 1;
      const endColumn = length === undefined ? undefined : column + length;
      return { file, line: line + 1, column, endColumn, key, severity, code, problem, hint };
    },
  };
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

/** The same, with what cannot be read added to `problems`. */
export async function tryReadSource(
  root: string,
  file: string,
  problems: ContentProblem[],
): Promise<Source | undefined> {
  try {
    return await readSource(root, file);
  } catch (error) {
    problems.push(sourceOf(file, "").problemAt(0, unreadable(error)));
    return undefined;
  }
}

function unreadable(error: unknown): ProblemWords {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return { code: "missing-file", problem: "the file is missing" };
  if (code === "EISDIR") return { code: "is-folder", problem: "this should be a file, and is a folder" };
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return { code: "encoding", problem: "the file is not valid UTF-8" };
  return { code: "unreadable", problem: `the file cannot be read (${code || String(error)})` };
}
