/** What our own Markdown refuses after all else was done: mended where it stands, so that what is imported can be built. */
import { renderArticle } from "../../markdown/render.ts";
import { type Draft, type Edit, edit } from "../draft.ts";
import { commentOf } from "../leave-out.ts";
import type { Tell } from "../source-post.ts";
import { fenced } from "../templates/pieces.ts";
import { blockEdits, needsTitle } from "./block-repairs.ts";
import { parseMarkdown } from "./tokens.ts";

const rounds = 8;

export interface Problem {
  readonly code: string;
  readonly problem: string;
  readonly offset: number;
  readonly length?: number | undefined;
}

export function repair(draft: Draft, tell: Tell): Draft {
  let mended = draft;
  for (let round = 0; round < rounds; round++) {
    const edits = mistakes(mended).flatMap((problem) => editsFor(mended, problem, tell));
    if (edits.length === 0) break;
    mended = edit(mended, edits);
  }
  mended = shownAsCode(mended, tell);
  for (const problem of mistakes(mended))
    tell(
      mended.originOf(problem.offset),
      "text",
      problem.problem,
      "could not be mended; do it by hand before you publish",
    );
  return mended;
}

/** Without warnings; of a block that cannot be mended, only what is hopeless about it. */
function mistakes({ text }: Draft): readonly Problem[] {
  const problems = renderArticle(text).problems.filter(({ severity }) => severity !== "warning");
  return problems.filter(
    (problem) => !needsTitle(problem) || !problems.some((other) => spoilsBlockOf(text, problem, other)),
  );
}

function spoilsBlockOf(text: string, { offset }: Problem, other: Problem): boolean {
  const end = text.indexOf("\n```", offset);
  return !needsTitle(other) && other.offset >= offset && (end < 0 || other.offset < end);
}

/** What nothing else could mend is shown as it was written. */
function shownAsCode(draft: Draft, tell: Tell): Draft {
  const { text } = draft;
  const blocks = parseMarkdown(text).children;
  const found = new Map(mistakes(draft).map((one) => [blocks.findLast(({ start }) => start <= one.offset), one]));
  const edits = [...found].flatMap(([block, problem]): Edit[] => {
    if (!block) return [];
    tell(draft.originOf(problem.offset), "text", problem.problem, "the block is shown as code");
    return [{ start: block.start, end: block.end, text: fenced(text.slice(block.start, block.end), "text") }];
  });
  return edit(draft, edits);
}

function editsFor(draft: Draft, { code, problem, offset, length }: Problem, tell: Tell): Edit[] {
  const { text } = draft;
  const mend = (range: { start: number; end: number }, by: string, done: string): Edit[] => {
    tell(draft.originOf(offset), "text", problem, done);
    return [{ ...range, text: by }];
  };
  const range = { start: offset, end: offset + (length ?? 0) };
  const meant = text.slice(range.start, range.end);
  const lineEnd = endOfLine(text, offset);
  switch (code) {
    case "missing-definition": {
      const found = length ? range : referenceAfter(text, offset);
      const [whole, words, label] = /^\[(.*)\]\[(.*)\]$/s.exec(text.slice(found.start, found.end)) ?? [];
      if (whole === undefined) return [];
      const isLink = words && (label === "" || /\s/.test(words)) && !/\w$/.test(text.slice(0, found.start));
      if (!isLink) return mend(found, `\`${whole}\``, "stayed as text, in code");
      return mend(found, `${words} ${commentOf(`link to [${label || words}]`)}`, "its words stay, without the link");
    }
    case "missing-footnote":
      return length ? mend(range, `\`${meant}\``, "stayed as text, in code") : [];
    case "unused-footnote":
    case "doubled-footnote": {
      const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
      const end = endOfFootnote(text, lineEnd);
      return mend({ start: lineStart, end }, commentOf(text.slice(lineStart, end)), "left in the post as a comment");
    }
    case "unknown-alert":
      return length ? mend(range, "[!NOTE]", 'became "[!NOTE]"') : [];
    case "empty-link": {
      const [link] =
        /\[[^\]]*\]\([^)]*\)/.exec(text.slice(offset, lineEnd)) ?? /\]\(\s*\)/.exec(text.slice(offset)) ?? [];
      if (!link) return [];
      const start = text.indexOf(link, offset);
      if (link.startsWith("[]"))
        return mend({ start, end: start + link.length }, commentOf(link), "left in the post as a comment");
      const open = text.lastIndexOf("[", start);
      const whole = { start: open, end: start + link.length };
      return mend(whole, text.slice(open + 1, start), "became text");
    }
    case "heading-skipped":
    case "heading-1": {
      const marks = /^#+/.exec(text.slice(offset))?.[0].length ?? 0;
      const level =
        code === "heading-1" ? 2 : Number(/of level (\d) follows one of level (\d)/.exec(problem)?.[2] ?? 1) + 1;
      return marks > 0 ? mend({ start: offset, end: offset + marks }, "#".repeat(level), `became level ${level}`) : [];
    }
    case "unknown-container":
    case "unclosed-container":
    case "stray-container-end":
    case "tabs":
      return text.startsWith(":::", offset) ? mend({ start: offset, end: offset }, "\\", "stayed as text") : [];
    case "unclosed-fence": {
      const [ticks = "```"] = /^(?:`+|~+)/.exec(text.slice(offset)) ?? [];
      return mend({ start: text.length, end: text.length }, `\n${ticks}\n`, "closed at the end of the post");
    }
    case "unknown-language":
      return length ? mend(range, "text", 'became "text"') : [];
    case "unknown-option":
      return length ? mend(range, "", "left out") : [];
    default:
      return blockEdits(text, { code, problem, offset, length }, mend);
  }
}

/** The parser says only where its paragraph begins when it shows other quotes than the author wrote. */
function referenceAfter(text: string, offset: number): { readonly start: number; readonly end: number } {
  const match = /(?<![\p{L}\p{N}\])])\[[^[\]]*['"][^[\]]*\]\[[^[\]^]*\]/u.exec(text.slice(offset));
  const start = offset + (match?.index ?? 0);
  return { start, end: start + (match?.[0].length ?? 0) };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Its lines that are indented, and those that go on without a blank one. */
function endOfFootnote(text: string, lineEnd: number): number {
  return lineEnd + (/^(?:\n[^\n[]\S*[^\n]*|(?:\n[ \t]*)+\n {4}[^\n]*)*/.exec(text.slice(lineEnd))?.[0].length ?? 0);
}
