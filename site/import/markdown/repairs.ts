/** What our own Markdown refuses after all else was done: mended where it stands, so that what is imported can be built. */
import { renderArticle } from "../../markdown/render.ts";
import { type Draft, type Edit, edit } from "../draft.ts";
import { commentOf } from "../leave-out.ts";
import type { Tell } from "../source-post.ts";

const rounds = 4;

interface Problem {
  readonly code: string;
  readonly problem: string;
  readonly offset: number;
  readonly length?: number | undefined;
}

export function repair(draft: Draft, tell: Tell): Draft {
  let mended = draft;
  for (let round = 0; round < rounds; round++) {
    const { problems } = renderArticle(mended.text);
    const edits = problems.flatMap((problem) => editsFor(mended, problem, tell));
    if (edits.length === 0) break;
    mended = edit(mended, edits);
  }
  for (const problem of renderArticle(mended.text).problems)
    tell(
      mended.originOf(problem.offset),
      "text",
      problem.problem,
      "could not be mended; do it by hand before you publish",
    );
  return mended;
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
      return [];
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
