/** Mistakes in an article's structure that Markdown itself lets pass in silence. */
import type Token from "markdown-it/lib/token.mjs";
import type { MarkdownProblem } from "./render.ts";
import type { SourceMap } from "./source-map.ts";

export function structureProblems(tokens: readonly Token[], map: SourceMap): readonly MarkdownProblem[] {
  return [...headingProblems(tokens, map), ...openContainers(tokens, map), ...missingFootnotes(tokens, map)];
}

function headingProblems(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  let above = 1;
  return tokens
    .filter((token) => token.type === "heading_open")
    .flatMap((token) => {
      const place = map.find(token.map?.[0] ?? 0);
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
    .filter(
      (token) =>
        token.type === "container_any_open" &&
        !map
          .line(token.map?.[1] ?? 0)
          .trim()
          .startsWith(":::"),
    )
    .map((token) => ({
      ...map.find(token.map?.[0] ?? 0),
      code: "unclosed-container",
      problem: "the container is never closed",
      hint: `close it with a line "${token.markup}"`,
    }));
}

/** Where a definition is missing the parser leaves the reference as text. */
function missingFootnotes(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  return tokens.flatMap((token) =>
    (token.children ?? [])
      .filter((child) => child.type === "text")
      .flatMap((child) => child.content.match(/\[\^[^\]\s]+\]/g) ?? [])
      .map((reference) => ({
        ...map.next(token.map ?? [0, Number.MAX_SAFE_INTEGER], reference),
        code: "missing-footnote",
        problem: `the footnote ${reference} has no definition`,
        hint: `add a line "${reference}: …"`,
      })),
  );
}
