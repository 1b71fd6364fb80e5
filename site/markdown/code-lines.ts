/** Lines of a code block as they are shown: what is code, what stands before it, and what is not to be copied. */
import type { Report } from "./fence-info.ts";
import { highlightLines, type Pieces } from "./highlight.ts";
import { isSession, isShell, prismName } from "./languages.ts";

export interface CodeLine {
  readonly pieces: Pieces;
  /** Stands before the code and is no part of it: a prompt, the sign of a change. */
  readonly sign?: string;
  /** Added, removed, or output of a command. */
  readonly role?: "ins" | "del" | "samp";
}

/** `isDiff`: the signs of the change stand in the first column of every line. */
export function codeLines(code: string, language: string, isDiff: boolean): readonly CodeLine[] {
  if (isDiff) return changedLines(code.split("\n"), language);
  if (isPlainChange(code, language)) return changedLines(code.split("\n"), "text");
  if (isSession(language)) return sessionLines(code.split("\n"), language);
  if (isShell(language) && code.startsWith("$ ")) return promptLines(code.split("\n"), language);
  return highlightLines(code, language).map((pieces) => ({ pieces }));
}

/** Only the first one: where one line has no sign, many may have none. */
export function reportUnsigned(code: string, report: Report): void {
  const line = code.split("\n").findIndex((text) => !isSigned(text));
  if (line < 0) return;
  report("diff-sign", "the line of a diff has no sign", 'begin it with "+", "-" or a space', { line });
}

function isSigned(line: string): boolean {
  return /^(?:[-+ ]|$)/.test(line);
}

/** A `diff` that names files or places is a patch: it is kept whole, so that it can be applied. */
function isPlainChange(code: string, language: string): boolean {
  if (prismName(language) !== "diff") return false;
  const isPatch = /^(?:@@ |diff --git |--- .*\n\+\+\+ )/m.test(code);
  return !isPatch && code.split("\n").every(isSigned);
}

/** Old and new code are coloured each by itself: together they may be no code at all. */
function changedLines(lines: readonly string[], language: string): readonly CodeLine[] {
  const codeBut = (sign: string) => lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
  const [before, after] = [codeBut("+"), codeBut("-")].map((code) =>
    highlightLines(code.join("\n"), language).values(),
  );
  return lines.map((line) => {
    if (line.startsWith("-")) return { pieces: next(before), sign: "-", role: "del" };
    if (line.startsWith("+")) return { pieces: next(after), sign: "+", role: "ins" };
    next(before);
    return { pieces: next(after) };
  });
}

/** A block without a single prompt is what a program printed, and has nothing else to copy. */
function sessionLines(lines: readonly string[], language: string): readonly CodeLine[] {
  const signs = signsOf(lines, /^[$#](?: |$)/);
  if (signs.every((sign) => sign === undefined)) return lines.map((text) => ({ pieces: [{ text }] }));
  const commands = lines.flatMap((line, at) => (signs[at] === undefined ? [] : [line.slice(signs[at].length)]));
  const coloured = highlightLines(commands.join("\n"), language).values();
  return lines.map((text, at) => {
    const sign = signs[at];
    if (sign === undefined) return { pieces: [{ text }], role: "samp" };
    return { pieces: next(coloured), ...(sign && { sign }) };
  });
}

/** A script that shows prompts: all of it is code. */
function promptLines(lines: readonly string[], language: string): readonly CodeLine[] {
  const signs = signsOf(lines, /^\$(?: |$)/).map((sign) => sign ?? "");
  const code = lines.map((line, at) => line.slice(signs[at]?.length));
  return highlightLines(code.join("\n"), language).map((pieces, at) => ({
    pieces,
    ...(signs[at] && { sign: signs[at] }),
  }));
}

/**
 * The prompt of every command, empty for a line that goes on behind a backslash, absent for output. `> ` continues a
 * command, and is the prompt itself where the block begins with it; elsewhere programs print it.
 */
function signsOf(lines: readonly string[], prompt: RegExp): readonly (string | undefined)[] {
  const isOwn = lines[0]?.startsWith("> ");
  let isCommand = false;
  let goesOn = false;
  return lines.map((line) => {
    const sign = prompt.exec(line)?.[0] ?? (isOwn || isCommand ? /^>(?: |$)/.exec(line)?.[0] : undefined);
    const found = sign ?? (goesOn ? "" : undefined);
    isCommand = found !== undefined;
    goesOn = isCommand && line.endsWith("\\");
    return found;
  });
}

function next(lines: IterableIterator<Pieces> | undefined): Pieces {
  return lines?.next().value ?? [];
}
