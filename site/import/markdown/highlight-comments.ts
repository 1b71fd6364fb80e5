/** Comments in code that told Gatsby and Docusaurus which lines to mark. Readers never saw them. */
import type { Edit } from "../draft.ts";

const comment = String.raw`(?:\{/\*|/\*|<!--|//|#|--|%|;)\s*highlight-(line|next-line|start|end)\s*(?:\*/\}|\*/|-->)?`;
const behindCode = new RegExp(String.raw`[ \t]*${comment}[ \t]*$`);

export interface Highlighted {
  /** What takes the comments out. */
  readonly edits: readonly Edit[];
  /** Lines to mark, counted without those that go: `3` or `3-5`. */
  readonly lines: readonly string[];
  /** How many lines are left. */
  readonly count: number;
}

/** `start` is the end of the line of the opening fence, `end` the beginning of the closing one. */
export function highlightComments(text: string, start: number, end: number): Highlighted {
  const edits: Edit[] = [];
  const lines: string[] = [];
  let shown = 0;
  let isNext = false;
  let since: number | undefined;
  let at = text.indexOf("\n", start) + 1;
  while (at > 0 && at < end) {
    const lineEnd = Math.min(...[text.indexOf("\n", at), end].filter((one) => one >= at));
    const line = text.slice(at, lineEnd);
    const match = behindCode.exec(line);
    const isOwn = match !== null && /^[\s>]*$/.test(line.slice(0, match.index));
    if (match?.[1] === "start") since = shown + 1;
    if (match?.[1] === "end" && since !== undefined) {
      if (since <= shown) lines.push(since === shown ? `${shown}` : `${since}-${shown}`);
      since = undefined;
    }
    if (match)
      edits.push(
        isOwn ? { start: at, end: lineEnd + 1, text: "" } : { start: at + match.index, end: lineEnd, text: "" },
      );
    if (!isOwn) {
      shown += 1;
      if (isNext || match?.[1] === "line") lines.push(String(shown));
    }
    isNext = match?.[1] === "next-line";
    at = lineEnd + 1;
  }
  return { edits, lines, count: shown };
}
