/** A mistake in a post or a data file, told to its author where it stands. */

export interface ContentProblem {
  /** Path from the project root, with forward slashes. */
  readonly file: string;
  /** 1-based; 1:1 when the mistake is about the file as a whole. */
  readonly line: number;
  readonly column: number;
  /** Column behind the last character that is meant, where that is known. */
  readonly endColumn?: number | undefined;
  /** Dotted path of the key in front matter or data, where there is one. */
  readonly key?: string | undefined;
  readonly severity: "error" | "warning";
  /** Stable name of the rule, `unknown-key`. */
  readonly code: string;
  /** What is wrong, without a full stop. */
  readonly problem: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
}

/** All mistakes of one run. Its message is the report; authors never see its stack. */
export class ContentError extends Error {
  readonly problems: readonly ContentProblem[];

  constructor(problems: readonly ContentProblem[]) {
    super(formatReport(problems));
    this.name = "ContentError";
    this.problems = problems;
  }
}

/**
 * One line a problem: `posts/x.md:3:1 error unknown key "titel"; did you mean "title"?`, sorted by place, a blank line between
 * files, a count last. `paint` colours a word for a terminal.
 */
export function formatReport(problems: readonly ContentProblem[], paint: Paint = (_kind, text) => text): string {
  const byFile = Map.groupBy([...problems].sort(byPlace), ({ file }) => file);
  const groups = [...byFile.values()].map((group) => group.map((problem) => formatProblem(problem, paint)).join("\n"));
  return `${groups.join("\n\n")}\n\n${count(problems)}`;
}

export type Paint = (kind: "place" | "error" | "warning" | "hint", text: string) => string;

function formatProblem({ file, line, column, severity, problem, hint }: ContentProblem, paint: Paint): string {
  const place = paint("place", `${file}:${line}:${column}`);
  return `${place} ${paint(severity, severity)} ${problem}${hint ? paint("hint", `; ${hint}`) : ""}`;
}

function byPlace(a: ContentProblem, b: ContentProblem): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function count(problems: readonly ContentProblem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const words = [plural(errors, "error"), warnings > 0 && plural(warnings, "warning")].filter(Boolean).join(", ");
  return `${words} in ${plural(new Set(problems.map((problem) => problem.file)).size, "file")}`;
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
