/** Elements that few articles have bring their styles with them, written as Markdown or as the author's own HTML. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";

export function rareElements(markdown: MarkdownIt): void {
  markdown.core.ruler.push("rare-elements", ({ tokens, env }) => {
    if (tokens.some((token) => isRare(token) || token.children?.some(isRare))) env.needs.add("blocks");
  });
}

function isRare({ type, tag, content }: Token): boolean {
  return type.startsWith("html_") ? /<(?:abbr|figure|kbd)\b/i.test(content) : tag === "abbr";
}
