/** Mistakes in an article's structure that Markdown itself lets pass in silence. */
import type Token from "markdown-it/lib/token.mjs";
import type { MarkdownProblem } from "./render.ts";
import type { SourceMap } from "./source-map.ts";

/** Blocks within blocks that the parser reads: its own default. */
const maxNesting = 100;

export function structureProblems(tokens: readonly Token[], map: SourceMap): readonly MarkdownProblem[] {
  return [
    ...headingProblems(tokens, map),
    ...openContainers(tokens, map),
    ...openFences(tokens, map),
    ...lostInDepth(tokens, map),
  ];
}

function headingProblems(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  let above = 1;
  return tokens
    .flatMap((token, at) => (token.type === "heading_open" ? [{ token, text: tokens[at + 1]?.content }] : []))
    .flatMap(({ token, text }) => {
      const place = map.find(token.map?.[0] ?? 0);
      if (text?.trim() === "") return [{ ...place, code: "empty-heading", problem: "the heading has no text" }];
      const level = Number(token.tag.slice(1));
      const last = above;
      above = level;
      if (level === 1) {
        const problem = "a first-level heading stands in the body; the title is the page's only one";
        return [{ ...place, code: "heading-1", problem, hint: 'begin with "##"' }];
      }
      if (level <= last + 1) return [];
      const problem = `a heading of level ${level} follows one of level ${last}`;
      return [{ ...place, code: "heading-skipped", problem, hint: `write "${"#".repeat(last + 1)}"` }];
    });
}

function openContainers(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  return tokens
    .filter(({ type, meta }) => type === "container_open" && !meta.isClosed)
    .map((token) => ({
      ...map.find(token.map?.[0] ?? 0),
      code: "unclosed-container",
      problem: "the container is never closed",
      hint: `close it with a line "${token.markup}"`,
    }));
}

/** A block of code that is never closed swallows the rest of the article. */
function openFences(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  return tokens
    .filter(({ type, map: lines, markup }) => {
      if (type !== "fence" || !lines) return false;
      const [first, end] = lines;
      const last = map.line(end - 1).replace(/^[\s>]+/, "");
      const isClosed = end - 1 > first && last.startsWith(markup) && /^(?:`+|~+)\s*$/.test(last);
      return !isClosed;
    })
    .map((token) => ({
      ...map.find(token.map?.[0] ?? 0, token.markup),
      code: "unclosed-fence",
      problem: "the code block is never closed",
      hint: `close it with a line "${token.markup}"`,
    }));
}

/** The parser leaves out what stands deeper, and all that follows it in the block. */
function lostInDepth(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  const deep = tokens.find(({ nesting, level, map: lines }) => nesting === 1 && level >= maxNesting - 1 && lines);
  if (!deep) return [];
  const problem = "lists and quotations are nested too deeply";
  return [{ ...map.find(deep.map?.[0] ?? 0), code: "too-deep", problem, hint: "what stands here would be lost" }];
}
