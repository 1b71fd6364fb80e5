/** A file that an author wrote, with the way back from an offset to a line and a column. */
import { readFileSync, realpathSync } from "node:fs";
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

/** Thrown for a link that leads out of the project: its target would be published. */
class OutsideProject extends Error {
  readonly code = "OUTSIDE";
}

/**
 * Reads a file as strict UTF-8. Throws what the file system throws, {@link OutsideProject}, and `TypeError` on invalid
 * UTF-8.
 */
export function readSource(root: string, file: string): Source {
  refuseOutside(root, file);
  // At once: of thousands of posts, waiting for each costs more than reading it.
  const bytes = readFileSync(path.join(root, file));
  return sourceOf(file, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

/** Throws {@link OutsideProject} when links lead a path out of the project, and what the file system throws. */
export function refuseOutside(root: string, file: string): void {
  const found = path.join(root, file);
  const target = realpathSync.native(found);
  // Where nothing on the way is a link there is nothing to ask.
  if (target === found && found.startsWith(root + path.sep)) return;
  const project = realpathSync.native(root);
  if (!target.startsWith(project + path.sep)) throw new OutsideProject();
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
export function tryReadSource(root: string, file: string, problems: ContentProblem[]): Source | undefined {
  try {
    const source = readSource(root, file);
    const control = controlCharacter.exec(source.text);
    if (control)
      problems.push(source.problemAt(control.index, { code: "control-character", ...badCharacter(control[0]) }));
    return source;
  } catch (error) {
    problems.push(sourceOf(file, "").problemAt(0, unreadable(error)));
    return undefined;
  }
}

/** What no text needs and no page may hold, and byte-order marks that an editor left inside. @see https://infra.spec.whatwg.org/#control */
const controlCharacter = /[^\P{Cc}\t\n\f\r]|[\uFEFF\uFFFE\uFFFF]/u;

function badCharacter(character: string): Pick<ProblemWords, "problem" | "hint"> {
  const name = `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
  return { problem: `the control character ${name} cannot be shown`, hint: "remove it" };
}

/** Why a file cannot be read, in an author's words. */
export function unreadable(error: unknown): ProblemWords {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return { code: "missing-file", problem: "the file is missing" };
  if (code === "OUTSIDE") return { code: "outside-project", problem: "the link leads out of the project" };
  if (code === "ELOOP") return { code: "unreadable", problem: "the link leads to itself" };
  if (code === "EISDIR") return { code: "is-folder", problem: "this should be a file, and is a folder" };
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return { code: "encoding", problem: "the file is not valid UTF-8" };
  return { code: "unreadable", problem: `the file cannot be read (${code || String(error)})` };
}
