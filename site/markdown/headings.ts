/** Headings get an id, a link to themselves, and a place in the contents list. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import type { RenderEnv } from "./render.ts";

export function headingAnchors(markdown: MarkdownIt): void {
  markdown.core.ruler.push("heading-anchors", (state) => {
    const env: RenderEnv = state.env;
    for (const [index, token] of state.tokens.entries()) {
      const inline = state.tokens[index + 1];
      if (token.type !== "heading_open" || !inline) continue;
      const text = plainText(inline);
      const id = token.attrGet("id") ?? unique(slugify(text), env.ids);
      token.attrSet("id", id);
      linkTo(id, inline, state.Token);
      const level = Number(token.tag.slice(1));
      if (level === 2 || level === 3) env.headings.push({ level, id, text, line: token.map?.[0] ?? 0 });
    }
  });
}

/** `What is "exactly once"?` → `what-is-exactly-once`; letters of every script stay. */
export function slugify(text: string): string {
  const words =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.join("-") || "section";
}

function plainText(inline: Token): string {
  return (inline.children ?? [])
    .map((child) => (/^(?:text|code_inline|math_inline)$/.test(child.type) ? child.content : ""))
    .join("");
}

function unique(id: string, taken: Set<string>): string {
  let candidate = id;
  for (let n = 2; taken.has(candidate) || isOfFootnote(candidate); n++) candidate = `${id}-${n}`;
  taken.add(candidate);
  return candidate;
}

function isOfFootnote(id: string): boolean {
  return /^fn(?:ref)?\d+$/.test(id);
}

/** The heading's text becomes a link to the heading, unless it holds a link of its own. */
function linkTo(id: string, inline: Token, TokenClass: typeof Token): void {
  const children = inline.children ?? [];
  if (children.some((child) => child.type === "link_open")) return;
  const open = new TokenClass("link_open", "a", 1);
  open.attrSet("class", "anchor");
  open.attrSet("href", `#${id}`);
  inline.children = [open, ...children, new TokenClass("link_close", "a", -1)];
}
