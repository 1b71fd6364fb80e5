/** Pictures: one that is alone in its paragraph is a figure, and where each one stands is known, so that another can take its place. */
import type MarkdownIt from "markdown-it";
import type StateCore from "markdown-it/lib/rules_core/state_core.mjs";
import type Token from "markdown-it/lib/token.mjs";
import type { RenderEnv } from "./render.ts";

/** Where a picture's tag stands in the markup: UTF-16 units, behind the last one. */
export type Span = readonly [start: number, end: number];

/** Stands around each picture while an article is rendered. No text can have it: the parser replaces it. @see https://spec.commonmark.org/0.31.2/#insecure-characters */
const mark = "\0";

export function pictures(markdown: MarkdownIt): void {
  // Before footnotes are gathered: a caption may refer to one.
  markdown.core.ruler.after("inline", "figures", makeFigures);
  const renderImage = markdown.renderer.rules.image;
  markdown.renderer.rules.image = (tokens, index, options, env: RenderEnv, self) => {
    const token = tokens[index];
    if (!token || !renderImage) return "";
    env.needs.add("picture");
    env.pictures.push(token);
    return mark + renderImage(tokens, index, options, env, self) + mark;
  };
}

function makeFigures(state: StateCore): void {
  if (!state.tokens.some(({ children }) => children?.some(({ type }) => type === "image"))) return;
  let figuresAround = 0;
  state.tokens = state.tokens.flatMap((token, index, tokens) => {
    if (token.tag === "figure" && token.type !== "figure_close") figuresAround += token.nesting;
    const open = tokens[index - 1];
    const isInParagraph = token.type === "inline" && open?.type === "paragraph_open" && !open.hidden;
    const image = isInParagraph && figuresAround === 0 && loneImage(token.children ?? []);
    return image ? figure(state, { open, inline: token, image, close: tokens[index + 1] }) : [token];
  });
}

/** Takes the marks out, and says where the pictures then stand, in their order. */
export function findPictures(marked: string): { readonly markup: string; readonly spans: readonly Span[] } {
  const parts = marked.split(mark);
  const spans: Span[] = [];
  let at = 0;
  for (const [index, { length }] of parts.entries()) {
    if (index % 2 === 1) spans.push([at, at + length]);
    at += length;
  }
  return { markup: parts.join(""), spans };
}

/** The only thing in a paragraph, or in the paragraph's only link; a list of attributes may follow it. */
function loneImage(children: readonly Token[]): Token | undefined {
  const shown = children.filter(({ type, content }) => type !== "softbreak" && !isNothing(type, content));
  const isLinked = shown[0]?.type === "link_open" && shown.at(-1)?.type === "link_close";
  const [first, ...others] = isLinked ? shown.slice(1, -1) : shown;
  return others.length === 0 && first?.type === "image" ? first : undefined;
}

function isNothing(type: string, text: string): boolean {
  return type === "text" && /^\s*(?:\{[^{}]*\})?$/.test(text);
}

interface Paragraph {
  readonly open: Token;
  readonly inline: Token;
  readonly image: Token;
  readonly close: Token | undefined;
}

/** The paragraph becomes a figure, and the picture's title its caption. Gives what stands between the figure's tags. */
function figure(state: StateCore, { open, inline, image, close }: Paragraph): Token[] {
  for (const token of [open, close])
    if (token) Object.assign(token, { type: token.type.replace("paragraph", "figure"), tag: "figure" });
  open.attrJoin("class", "picture");
  const title = image.attrGet("title");
  if (!title) return [inline];
  image.attrs = (image.attrs ?? []).filter(([name]) => name !== "title");
  return [inline, ...caption(state, title, inline)];
}

/** A title is plain text to Markdown; as a caption it may have code, emphasis and links. */
function caption(state: StateCore, title: string, { map, level }: Token): Token[] {
  const open = new state.Token("figcaption_open", "figcaption", 1);
  const inline = new state.Token("inline", "", 0);
  const close = new state.Token("figcaption_close", "figcaption", -1);
  const children: Token[] = [];
  state.md.inline.parse(title, state.md, state.env, children);
  Object.assign(inline, { content: title, map, level: level + 1, children });
  for (const token of [open, close]) Object.assign(token, { block: true, level });
  return [open, inline, close];
}
