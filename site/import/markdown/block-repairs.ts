/** Diagrams, charts, formulas and attributes that our Markdown refuses: shown as code, given a title, or left out. */
import type { Edit } from "../draft.ts";
import type { Problem } from "./repairs.ts";

type Range = Pick<Edit, "start" | "end">;
type Mend = (range: Range, by: string, done: string) => Edit[];

/** A diagram or chart with nothing else wrong about it. */
export function needsTitle({ code, problem }: Problem): boolean {
  return /^(?:diagram|chart)/.test(code) && problem.endsWith("needs a title");
}

export function blockEdits(text: string, problem: Problem, mend: Mend): Edit[] {
  const { code, offset } = problem;
  if (needsTitle(problem)) return titled(text, offset, mend);
  if (
    /^(?:diagram|chart|diff|missing-(?:word|lines)|nothing-to-collapse|(?:invalid|doubled|unclosed)-option)/.test(code)
  )
    return plainFence(text, offset, mend);
  if (code === "math") return formulaAsCode(text, problem, mend);
  if (/-attributes?$/.test(code)) return withoutBraces(text, offset, mend);
  return /^(?:taken|doubled)-id$/.test(code) ? withoutId(text, problem, mend) : [];
}

function titled(text: string, offset: number, mend: Mend): Edit[] {
  const [fence = ""] = /^[`~]{3,}\s*(?:mermaid|chart \w+)/.exec(text.slice(offset)) ?? [];
  const at = offset + fence.length;
  const name = fence.endsWith("mermaid") ? "Diagram" : "Chart";
  return fence ? mend({ start: at, end: at }, ` title="${name}"`, `it became "${name}"; say what it shows`) : [];
}

/** The block's own line is at or above what is wrong. */
function plainFence(text: string, offset: number, mend: Mend): Edit[] {
  const above = text.slice(0, text.indexOf("\n", offset) + 1 || text.length);
  const fence = [...above.matchAll(/^[ \t>]*(?:`{3,}|~{3,})[ \t]*([^\n`]*\S)[ \t]*$/gm)].at(-1);
  if (!fence?.[1]) return [];
  const end = fence.index + fence[0].trimEnd().length;
  return mend({ start: end - fence[1].length, end }, "text", "shown as plain text");
}

function formulaAsCode(text: string, { offset, length = 0 }: Problem, mend: Mend): Edit[] {
  const start = text.lastIndexOf("$", offset);
  const end = text.indexOf("$", offset + length);
  if (start < 0 || end < 0) return [];
  const isBlock = text[start - 1] === "$" && text[end + 1] === "$";
  const inner = text.slice(start + 1, end);
  if (!isBlock) return mend({ start, end: end + 1 }, `\`$${inner}$\``, "stayed as text, in code");
  return mend({ start: start - 1, end: end + 2 }, `\`\`\`latex\n${inner.trim()}\n\`\`\``, "shown as code");
}

function withoutBraces(text: string, offset: number, mend: Mend): Edit[] {
  const open = text.lastIndexOf("{", offset);
  const close = text.indexOf("}", offset);
  if (open < 0 || close < 0 || text.slice(open, close).includes("\n")) return [];
  const space = /[ \t]*$/.exec(text.slice(0, open))?.[0].length ?? 0;
  return mend({ start: open - space, end: close + 1 }, "", "left out");
}

function withoutId(text: string, { offset, length = 0 }: Problem, mend: Mend): Edit[] {
  const end = offset + length;
  const isAlone = text[offset - 1] === "{" && text[end] === "}";
  if (isAlone) return withoutBraces(text, offset, mend);
  return text[offset] === "#" ? mend({ start: offset, end }, "", "left out") : [];
}
