/** A picture may come from a `data:` address; a link may not lead to one, for no browser follows it. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import type { RenderEnv } from "./render.ts";

export function noDataLinks(markdown: MarkdownIt): void {
  markdown.core.ruler.after("footnote_tail", "no-data-links", ({ tokens, env }) => {
    for (const inline of tokens) {
      const { children, map } = inline;
      if (children?.some(isDataLink)) inline.children = withoutDataLinks(children, map?.[0] ?? 0, env);
    }
  });
}

function isDataLink(token: Token): boolean {
  return token.type === "link_open" && /^data:/i.test(token.attrGet("href") ?? "");
}

function withoutDataLinks(children: readonly Token[], line: number, env: RenderEnv): Token[] {
  let isInside = false;
  return children.filter((token) => {
    const isEnd = isInside && token.type === "link_close";
    if (isDataLink(token)) {
      isInside = true;
      const about = token.attrGet("href") ?? "";
      env.problems.push({ line, about, code: "refused-address", problem: "a link cannot lead to a data: address" });
      return false;
    }
    if (isEnd) isInside = false;
    return !isEnd;
  });
}
