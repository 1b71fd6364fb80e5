/** An old post as a document, for the rules that bring it down to what Markdown has. */
import domino from "@mixmark-io/domino";
import type { Draft } from "../draft.ts";
import type { Finding, Tell } from "../source-post.ts";
import { placeAttribute, placeElement, placeTags } from "./tag-places.ts";

export interface HtmlPage {
  readonly root: Element;
  /** Tells of a construct that stands where an element does. */
  tell(element: Element, code: Finding, problem: string, done: string): void;
}

/** Attributes that say what an element became. No element of a source has them. */
export const become = {
  alert: "data-import-alert",
  caption: "data-import-caption",
  /** What stands behind `:::`. */
  container: "data-import-container",
  /** What stands behind the fence of a block of code. */
  fence: "data-import-fence",
  /** A footnote's label. */
  footnote: "data-import-footnote",
  /** The label that a link refers to. */
  reference: "data-import-reference",
  /** A place that links name. */
  id: "data-import-id",
  /** Its text is written as it is. */
  markup: "data-import-markup",
} as const;

/** `texts`: paragraphs without tags are told from each other later, and need to know where they stand. */
export function parsePage(draft: Draft, tell: Tell, { texts }: { readonly texts: boolean }): HtmlPage {
  const { html, tooDeepAt } = placeTags(draft.text, { texts });
  if (tooDeepAt !== undefined)
    tell(draft.originOf(tooDeepAt), "html", "elements within more elements than can be read", "their text stays");
  const root = domino.createDocument(`<body>${html}`).body;
  for (const element of elementsOf(root, "*")) {
    for (const { name } of [...element.attributes])
      if (name.startsWith("data-import-") && name !== placeAttribute) element.removeAttribute(name);
  }
  return {
    root,
    tell: (element, code, problem, done) => tell(draft.originOf(placeOf(element)), code, problem, done),
  };
}

export function elementsOf(root: Element, selector: string): Element[] {
  // For some selectors the library's list changes with the document, and cannot be walked by itself.
  const found = root.querySelectorAll(selector);
  return Array.from({ length: found.length }, (_, at) => found.item(at));
}

export function childrenOf(element: Element): Element[] {
  return [...element.childNodes].filter(isElement);
}

/** Offset at which an element begins, or what is around it. */
export function placeOf(element: Element): number {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const place = at.getAttribute(placeAttribute);
    if (place !== null) return Number(place);
  }
  return 0;
}

/** Takes the elements out that only said where text begins. */
export function dropPlaces(root: Element): void {
  for (const place of elementsOf(root, placeElement)) place.remove();
  root.normalize();
}

/** A new element in the place of another. */
export function made(like: Element, name: string, attributes: Readonly<Record<string, string>> = {}): Element {
  const element = like.ownerDocument.createElement(name);
  element.setAttribute(placeAttribute, String(placeOf(like)));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

export function textIn(like: Element, text: string): Text {
  return like.ownerDocument.createTextNode(text);
}

export function fill(element: Element, nodes: readonly Node[]): Element {
  for (const node of nodes) element.appendChild(node);
  return element;
}

/** Puts nodes, or nothing, in the place of one. The library's own `replaceWith` sometimes replaces its neighbour. */
export function replaceBy(old: ChildNode, ...nodes: readonly Node[]): void {
  for (const node of nodes) old.parentNode?.insertBefore(node, old);
  old.remove();
}

/** Takes an element away; what is in it stays. */
export function unwrap(element: Element): void {
  replaceBy(element, ...element.childNodes);
}

/** A link in a paragraph of its own. */
export function linkParagraph(like: Element, href: string, text: string): Element {
  return fill(made(like, "p"), [fill(made(like, "a", { href }), [textIn(like, text)])]);
}

const blocks = new Set(
  "ADDRESS ARTICLE ASIDE AUDIO BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL VIDEO".split(
    " ",
  ),
);

export function isElement(node: Node | null | undefined): node is Element {
  return node?.nodeType === 1;
}

export function isText(node: Node | null | undefined): node is Text {
  return node?.nodeType === 3;
}

/** Whether it stands on lines of its own. */
export function isBlock(node: Node | null | undefined): boolean {
  return isElement(node) && blocks.has(node.nodeName);
}

export function wordsIn(node: Node): string {
  return (node.textContent ?? "").replace(/\s+/g, " ").trim();
}
