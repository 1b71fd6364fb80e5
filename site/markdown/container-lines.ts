/** Where a container of `:::` begins and ends: containers nest, and colons in a block of code close nothing. */
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";

export interface ContainerEnd {
  /** 0-based line of the closing colons, or the one behind the last when there are none. */
  readonly line: number;
  readonly isClosed: boolean;
}

interface ContainerFence {
  readonly colons: string;
  /** What stands behind the colons; empty in a closing line. */
  readonly info: string;
}

export function containerFence(state: StateBlock, line: number): ContainerFence | undefined {
  // Asked of nearly every line.
  if (!state.src.startsWith(":::", startOf(state, line))) return undefined;
  const [, colons, info = ""] = /^(:{3,})(.*)$/.exec(textOf(state, line)) ?? [];
  return colons ? { colons, info: info.trim() } : undefined;
}

/** A container ends at a line of as many colons as it began with, or more, that no container within it takes. */
export function containerEnd(state: StateBlock, start: number, endLine: number): ContainerEnd {
  const open = [containerFence(state, start)?.colons.length ?? 0];
  let code: string | undefined;
  for (let line = start + 1; line < endLine; line++) {
    const indent = (state.sCount[line] ?? 0) - state.blkIndent;
    if (indent < 0 && !state.isEmpty(line)) return { line, isClosed: false };
    const wasCode = code;
    code = codeAfter(textOf(state, line), code);
    const fence = wasCode || code ? undefined : containerFence(state, line);
    if (!fence) continue;
    if (fence.info) open.push(fence.colons.length);
    else if (open.length > 1 || indent < 4) close(open, fence.colons.length);
    if (open.length === 0) return { line, isClosed: true };
  }
  return { line: endLine, isClosed: false };
}

/** Takes the container that these colons close, and all within it, off the end of the list: one of as many, or else of fewer. */
function close(open: number[], colons: number): void {
  const same = open.lastIndexOf(colons);
  const at = same >= 0 ? same : open.findLastIndex((needed) => needed < colons);
  if (at >= 0) open.length = at;
}

/** The fence of the block of code that goes on behind a line. */
function codeAfter(text: string, before: string | undefined): string | undefined {
  const [fence] = /^(?:`{3,}(?!.*`)|~{3,})/.exec(text) ?? [];
  if (!before) return fence;
  return fence?.startsWith(before) && fence === text.trim() ? undefined : before;
}

/** A line without its indentation and the marks of the quotations and lists around it. */
function textOf(state: StateBlock, line: number): string {
  return state.src.slice(startOf(state, line), state.eMarks[line]);
}

function startOf({ bMarks, tShift }: StateBlock, line: number): number {
  return (bMarks[line] ?? 0) + (tShift[line] ?? 0);
}
