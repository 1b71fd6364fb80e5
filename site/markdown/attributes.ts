/** `{#id .class lang=de}` behind a heading, a paragraph, a link, a picture, code or emphasis. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { type AttributeList, attributeProblem, parseAttributes } from "./attribute-list.ts";
import type { RenderEnv } from "./render.ts";

export function attributes(markdown: MarkdownIt): void {
  markdown.core.ruler.after("footnote_tail", "attributes", ({ tokens, env }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== "inline") continue;
      ofInlines(token, env);
      ofBlock(token, blockAround(tokens, index), env);
    }
  });
}

/** Puts a list of attributes on a token, and tells of those that cannot be. `line` is 0-based. */
export function setAttributes(token: Token, { attributes }: AttributeList, env: RenderEnv, line: number): void {
  for (const attribute of attributes) {
    const { name, value, written } = attribute;
    const problem = attributeProblem(attribute, token.tag) ?? takenId(name, value, env);
    if (problem) env.problems.push({ line, about: written, ...problem });
    else if (name === "class") token.attrJoin("class", value);
    else token.attrSet(name, value);
  }
}

function takenId(name: string, id: string, { ids }: RenderEnv) {
  if (name !== "id") return undefined;
  if (ids.has(id)) return { code: "taken-id", problem: `the id "${id}" is taken already`, hint: "choose another" };
  ids.add(id);
  return undefined;
}

function ofInlines(inline: Token, env: RenderEnv): void {
  const children = inline.children ?? [];
  for (const [index, text] of children.entries()) {
    const before = children[index - 1];
    if (text.type !== "text" || !before || !text.content.startsWith("{")) continue;
    const [all, braces = ""] = /^\{([^{}]*)\}/.exec(text.content) ?? [];
    const target = before.nesting < 0 ? opening(children, index - 1) : before;
    const list = all && isTarget(target) && parseAttributes(braces);
    if (!list || !target) continue;
    setAttributes(target, list, env, inline.map?.[0] ?? 0);
    text.content = text.content.slice(all.length);
  }
}

function isTarget(token: Token | undefined): boolean {
  return token !== undefined && /^(?:(?:link|em|strong|s|sub|sup)_open|code_inline|image)$/.test(token.type);
}

function opening(children: readonly Token[], close: number): Token | undefined {
  const { type = "", level } = children[close] ?? {};
  const open = type.replace("_close", "_open");
  return children.slice(0, close).findLast((token) => token.type === open && token.level === level);
}

/** At the end of a heading or a paragraph: the whole block is meant. */
function ofBlock(inline: Token, block: Token | undefined, env: RenderEnv): void {
  const last = inline.children?.at(-1);
  if (!block || last?.type !== "text" || !last.content.endsWith("}")) return;
  const [all, braces = ""] = /(?:^|\s+)\{([^{}]*)\}$/.exec(last.content) ?? [];
  const list = all && parseAttributes(braces);
  if (!list) return;
  const line = inline.map?.[0] ?? 0;
  if (inline.children?.length === 1 && last.content.trim() === all.trim()) {
    const hint = "write them behind a text";
    env.problems.push({
      line,
      about: all.trim(),
      code: "lonely-attributes",
      problem: "the attributes belong to nothing",
      hint,
    });
    return;
  }
  setAttributes(block, list, env, line);
  last.content = last.content.slice(0, -all.length);
  const softbreak = inline.children?.at(-2);
  if (last.content === "" && softbreak?.type === "softbreak") inline.children?.splice(-2);
}

/** A paragraph that is not shown as one leaves the place to the item that it begins. */
function blockAround(tokens: readonly Token[], index: number): Token | undefined {
  const [before, block] = [tokens[index - 2], tokens[index - 1]];
  if (block?.hidden) return before && /^(?:list_item|dd)_open$/.test(before.type) ? before : undefined;
  return block && /^(?:heading|paragraph|figure)_open$/.test(block.type) ? block : undefined;
}
