/** What cannot be carried over stays in the post as a comment, where nobody but the author sees it. */
import type { Edit } from "./draft.ts";
import type { Range } from "./markdown/tokens.ts";

export function commentOf(text: string): string {
  const words = text
    .replace(/<!-- import: ([\s\S]*?) -->/g, "$1")
    .replace(/\s*\n\s*/g, " ")
    .replace(/--(!?)>/g, "--$1&gt;")
    .replace(/<!--/g, "&lt;!--")
    .trim();
  return `<!-- import: ${words} -->`;
}

export interface LeftOut extends Range {
  /** What to say in the comment. */
  readonly text: string;
}

/**
 * Puts a comment in the place of each range. A comment at the beginning of a line makes the whole line HTML, in which Markdown
 * means nothing; where text follows, the comment therefore goes to the end of that line.
 *
 * @see https://spec.commonmark.org/0.31.2/#html-blocks (kind 2)
 */
export function leaveOut(text: string, ranges: readonly LeftOut[]): readonly Edit[] {
  const masked = mask(text, ranges);
  return ranges.flatMap((range) => {
    const { start, end } = range;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const lineEnd = endOfLine(text, end);
    const before = masked.slice(lineStart, start);
    const comment = tableSafe(text.slice(lineStart, lineEnd), commentOf(range.text));
    const startsLine = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*$/.test(before);
    const textFollows = /\S/.test(masked.slice(end, lineEnd));
    if (!startsLine || !textFollows) return [{ start, end, text: comment }];
    const space = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    return [
      { start, end: end + space, text: "" },
      { start: lineEnd, end: lineEnd, text: ` ${comment}` },
    ];
  });
}

function mask(text: string, ranges: readonly Range[]): string {
  let masked = "";
  let reached = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start < reached) continue;
    masked += text.slice(reached, start) + " ".repeat(end - start);
    reached = end;
  }
  return masked + text.slice(reached);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** A bar would end the cell of a table. */
function tableSafe(line: string, comment: string): string {
  return line.trimStart().startsWith("|") ? comment.replaceAll("|", "&#124;") : comment;
}
