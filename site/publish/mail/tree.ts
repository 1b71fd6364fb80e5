/** An article's markup as a tree for mails: parsed once, without what serves only a page. */
import { type HTMLElement, type Node, NodeType, parse } from "node-html-parser";
import { escapeHtml, type Html } from "../../html.ts";

/** What only our page can use, and what stands in the page twice. */
const onlyForPages =
  ".sidenote, .footnote-back, .visually-hidden, script, style, noscript, template, button, input, .code > label";

/** What stands at the top of the article, in its order; spaces between blocks are gone, comments are kept. */
export function mailBlocks(article: Html): readonly Node[] {
  const root = parse(article.markup, { comment: true, blockTextElements: { script: true, style: true } });
  for (const part of root.querySelectorAll(onlyForPages)) part.remove();
  return root.childNodes.filter((node) => !isText(node) || node.text.trim() !== "");
}

export function isElement(node: Node | null | undefined): node is HTMLElement {
  return node?.nodeType === NodeType.ELEMENT_NODE;
}

export function isText(node: Node): boolean {
  return node.nodeType === NodeType.TEXT_NODE;
}

/** Lower case; empty for what is no element. */
export function tagOf(node: Node | null | undefined): string {
  return isElement(node) ? (node.rawTagName ?? "").toLowerCase() : "";
}

export function elementsOf(node: HTMLElement): readonly HTMLElement[] {
  return node.childNodes.filter(isElement);
}

/** The level of a heading at the top, 2 to 6. */
export function headingLevel(node: Node): number | undefined {
  return /^h[2-6]$/.test(tagOf(node)) ? Number(tagOf(node).slice(1)) : undefined;
}

const inline =
  /^(?:a|abbr|b|bdi|bdo|br|cite|code|data|del|dfn|em|i|img|ins|kbd|label|mark|math|picture|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)$/;

/** Whether a node stands in a line of text. */
export function isInline(node: Node): boolean {
  return isElement(node) ? inline.test(tagOf(node)) : isText(node);
}

/** Attributes that say something wherever the mail is read. */
const attributes = /^(?:lang|dir|title|start|value|reversed|type|colspan|rowspan|scope|cite|datetime)$/;

export function keptAttributes(node: HTMLElement): string {
  return Object.entries(node.attributes)
    .filter(([name]) => attributes.test(name))
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
}

/** A link's or a picture's address as a mail may have it: absolute, and nothing that runs. Absent for another. */
export function absoluteAddress(written: string | undefined, pageUrl: string): string | undefined {
  if (written === undefined || !URL.canParse(written, pageUrl)) return undefined;
  const url = new URL(written, pageUrl);
  return /^(?:https?|mailto|tel):$/.test(url.protocol) ? url.href : undefined;
}

export interface Footnote {
  /** As the page counts. */
  readonly number: number;
  readonly item: HTMLElement;
}

export function footnotesIn(section: HTMLElement): readonly Footnote[] {
  return section.querySelectorAll("li").flatMap((item) => {
    const number = /^fn(\d+)$/.exec(item.id)?.[1];
    return number === undefined ? [] : [{ number: Number(number), item }];
  });
}

/** Numbers of the notes that a part of the article refers to. */
export function footnotesOf(node: Node): readonly number[] {
  if (!isElement(node)) return [];
  return node.querySelectorAll(".footnote-ref").map((reference) => Number(reference.text.trim()));
}
