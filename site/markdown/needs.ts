/** Elements that few articles have bring their styles with them, written as Markdown or as the author's own HTML. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";

export function rareElements(markdown: MarkdownIt): void {
  markdown.core.ruler.push("rare-elements", ({ tokens, env }) => {
    const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
    if (all.some(isRare)) env.needs.add("blocks");
  });
}

function isRare({ type, tag, content }: Token): boolean {
  return /^html_/.test(type) ? /<(?:abbr|figure|kbd)\b/i.test(content) : tag === "abbr";
}
