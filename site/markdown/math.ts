/** `$…$` in a line, and `$$…$$` and ```` ```math ```` on lines of their own: TeX, made MathML. */
import type MarkdownIt from "markdown-it";
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";
import type Token from "markdown-it/lib/token.mjs";
import { boxAttributes } from "./boxes.ts";
import type { MathProblem } from "./math-problems.ts";
import { renderFormula } from "./math-render.ts";
import type { RenderEnv } from "./render.ts";

export function math(markdown: MarkdownIt): void {
  markdown.inline.ruler.after("escape", "math_inline", inlineMath);
  markdown.block.ruler.before("fence", "math_block", blockMath, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  markdown.core.ruler.push("math", ({ tokens, env }) => {
    for (const token of tokens) {
      reportUnclosed(token, env);
      for (const child of token.children ?? []) if (child.type === "math_inline") renderInline(child, token, env);
    }
  });
  markdown.renderer.rules["math_inline"] = (tokens, index) => tokens[index]?.meta.markup ?? "";
  markdown.renderer.rules["math_block"] = (tokens, index, _options, env) => {
    const { content = "", map } = tokens[index] ?? {};
    return displayMath(content, map?.[0] ?? 0, env);
  };
}

/** A formula in a box of its own. `line` is the 0-based one that it begins in. */
export function displayMath(tex: string, line: number, env: RenderEnv): string {
  const { markup, problem } = renderFormula(tex.trim(), true);
  env.needs.add("rare");
  if (problem) report(env, problem, { text: tex, at: tex.search(/\S|$/), line });
  return `<div class="math" ${boxAttributes(env, "Formula")}>${markup}</div>\n`;
}

interface Surroundings {
  readonly text: string;
  /** Where the TeX begins in the text. */
  readonly at: number;
  /** 0-based line of the text's beginning. */
  readonly line: number;
}

/** Points into what the formula has of the line, which is found whatever marks of lists and quotations stand before it. */
function report(env: RenderEnv, { problem, hint, at = 0 }: MathProblem, { text, at: start, line }: Surroundings): void {
  const place = start + at;
  const lineStart = text.lastIndexOf("\n", place - 1) + 1;
  const from = Math.min(place, Math.max(start - 1, lineStart));
  const [about] = text.slice(from).split("\n", 1);
  const length = /^\\[a-zA-Z]+/.exec(text.slice(place))?.[0].length ?? 1;
  const number = line + text.slice(0, lineStart).split("\n").length - 1;
  env.problems.push({ line: number, about, skip: place - from, length, code: "math", problem, hint });
}

function renderInline(token: Token, inline: Token, env: RenderEnv): void {
  const { markup, problem } = renderFormula(token.content, false);
  const { at, isDouble } = token.meta;
  const place = { text: inline.content, at, line: inline.map?.[0] ?? 0 };
  token.meta = { markup };
  env.needs.add("rare");
  if (problem) report(env, problem, place);
  if (!isDouble) return;
  const hint = "give it lines of its own, or write single dollar signs";
  report(env, { problem: "a formula between double dollar signs stands in a line of text", hint, at: -2 }, place);
}

function reportUnclosed({ content, children, map }: Token, env: RenderEnv): void {
  const [first] = children ?? [];
  if (first?.type !== "text" || !first.content.startsWith("$$")) return;
  const problem = "the formula is never closed";
  const hint = 'end it with "$$" before the next blank line, or write \\$ for a dollar sign';
  report(env, { problem, hint }, { text: content, at: 0, line: map?.[0] ?? 0 });
}

/** By pandoc's rules, so that `$5 and $6` stay text: no space within the dollar signs, and no digit behind. */
function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== "$") return false;
  const marks = src.startsWith("$$", pos) ? "$$" : "$";
  const start = pos + marks.length;
  const end = closing(src.slice(0, posMax), start, marks);
  if (end === undefined) return leaveMarks(state, marks, silent);
  if (!silent) {
    const token = state.push("math_inline", "math", 0);
    token.content = src.slice(start, end);
    token.markup = marks;
    token.meta = { at: start, isDouble: marks.length === 2 };
  }
  state.pos = end + marks.length;
  return true;
}

/** Both of two, or else the second would begin a formula. */
function leaveMarks(state: StateInline, marks: string, silent: boolean): boolean {
  if (marks.length === 1) return false;
  if (!silent) state.pending += marks;
  state.pos += marks.length;
  return true;
}

/** The next marks decide: where they do not close, there is no formula. Code is none either. */
function closing(src: string, start: number, marks: string): number | undefined {
  const next = /\\.|[$`]/gs;
  next.lastIndex = start;
  let match = next.exec(src);
  while (match && match[0].length > 1) match = next.exec(src);
  if (!match || !src.startsWith(marks, match.index)) return undefined;
  const text = src.slice(start, match.index);
  const isTight = text !== "" && !/^\s|\s$/.test(text);
  const isAlone = !/^\d/.test(src.slice(match.index + marks.length));
  return isTight && isAlone ? match.index : undefined;
}

function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const isIndented = (state.sCount[startLine] ?? 0) - state.blkIndent >= 4;
  if (isIndented || !state.src.startsWith("$$", startOf(state, startLine))) return false;
  const end = closingLine(state, startLine, endLine);
  if (end === undefined || silent) return end !== undefined;
  const token = state.push("math_block", "math", 0);
  const text = state.getLines(startLine, end + 1, state.blkIndent, true).trim();
  token.content = text.slice(2, -2);
  token.map = [startLine, end + 1];
  token.block = true;
  state.line = end + 1;
  return true;
}

/** The line that the next marks end, within the paragraph. */
function closingLine(state: StateBlock, startLine: number, endLine: number): number | undefined {
  for (let line = startLine; line < endLine && !state.isEmpty(line); line++) {
    const text = textOf(state, line)
      .slice(line === startLine ? 2 : 0)
      .trimEnd();
    const at = text.indexOf("$$");
    if (at >= 0) return at === text.length - 2 ? line : undefined;
  }
  return undefined;
}

function textOf(state: StateBlock, line: number): string {
  return state.src.slice(startOf(state, line), state.eMarks[line]);
}

function startOf({ bMarks, tShift }: StateBlock, line: number): number {
  return (bMarks[line] ?? 0) + (tShift[line] ?? 0);
}
