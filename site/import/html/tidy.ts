/** Puts the elements of a page into the order that Markdown can say: nothing empty, nothing twice, no blocks in lines. */
import { startsLine } from "./escape-texts.ts";
import {
  become,
  elementsOf,
  fill,
  type HtmlPage,
  isBlock,
  isElement,
  isText,
  made,
  replaceBy,
  textIn,
  unwrap,
  wordsIn,
} from "./page.ts";

const meaningless = "acronym, bdi, bdo, big, blink, button, data, font, label, nobr, span, time";
const lines = "a, abbr, b, cite, del, dfn, em, i, ins, kbd, mark, q, s, small, strike, strong, sub, sup, u, var";
const full = "code, hr, img, input, math, pre";

export function tidy(page: HtmlPage): void {
  const { root } = page;
  for (const element of elementsOf(root, "wbr")) element.remove();
  for (const element of elementsOf(root, meaningless)) if (!element.hasAttribute(become.id)) unwrap(element);
  for (const element of elementsOf(root, lines)) unwrapAroundBlocks(element);
  for (const element of elementsOf(root, lines).toReversed()) dropEmpty(element);
  root.normalize();
  for (const element of elementsOf(root, lines).toReversed()) hoistBreaks(element);
  for (const element of elementsOf(root, "em, i, strong, b, del, s, strike, code")) dropDoubled(element);
  for (const list of elementsOf(root, "ul > ul, ul > ol, ol > ul, ol > ol")) intoItem(list);
  for (const paragraph of elementsOf(root, "p")) partAtBreaks(paragraph);
  for (const comment of elementsOf(root, `code[${become.markup}]`)) putLast(comment);
  for (const element of elementsOf(root, "br")) dropUseless(element);
  for (const element of elementsOf(root, `h1 br, h2 br, h3 br, h4 br, h5 br, h6 br, dt br, [${become.caption}] br`))
    replaceBy(element, element.ownerDocument.createTextNode(" "));
  dropFirstRule(root);
  root.normalize();
}

/** `<strong><p>…</p></strong>`: a link keeps its words, everything else only what is in it. */
function unwrapAroundBlocks(element: Element): void {
  if (!elementsOf(element, "*").some((inner) => isBlock(inner) && !inner.hasAttribute(become.markup))) return;
  const isPlainLink = element.nodeName === "A" && element.hasAttribute("href") && !element.querySelector("img");
  if (!isPlainLink) {
    unwrap(element);
    return;
  }
  const words = wordsIn(element);
  element.textContent = words;
  const paragraph = made(element, "p");
  element.parentNode?.insertBefore(paragraph, element);
  paragraph.appendChild(element);
}

function dropEmpty(element: Element): void {
  if (isFull(element) || element.hasAttribute("id") || element.hasAttribute("name")) return;
  unwrap(element);
}

/** `<b><strong>…` says one thing twice; `<em>a</em><em>b</em>` says it in two pieces. */
function dropDoubled(element: Element): void {
  if (element.hasAttribute(become.reference) || element.hasAttribute(become.markup)) return;
  const kind = kindOf(element);
  const above = ancestors(element).find((one) => kindOf(one) === kind);
  if (above) {
    unwrap(element);
    return;
  }
  for (let next = element.nextSibling; isSame(next, kind); next = element.nextSibling) {
    fill(element, [...next.childNodes]);
    next.remove();
  }
}

function isSame(node: Node | null, kind: string): node is Element {
  return (
    isElement(node) &&
    kindOf(node) === kind &&
    !node.hasAttribute(become.reference) &&
    !node.hasAttribute(become.markup)
  );
}

/** Those that stand in the same lines. */
function ancestors(element: Element): Element[] {
  const found: Element[] = [];
  for (let above = element.parentElement; above && !isBlock(above); above = above.parentElement) found.push(above);
  return found;
}

function kindOf({ nodeName }: Element): string {
  const kinds: Readonly<Record<string, string>> = { I: "EM", B: "STRONG", S: "DEL", STRIKE: "DEL" };
  return kinds[nodeName] ?? nodeName;
}

function intoItem(list: Element): void {
  const item = list.previousElementSibling;
  if (item?.nodeName === "LI") item.appendChild(list);
  else {
    const own = made(list, "li");
    list.parentNode?.insertBefore(own, list);
    own.appendChild(list);
  }
}

/** Breaks at the edges of an element stand outside of it, and so do the spaces around them. */
function hoistBreaks(element: Element): void {
  const nodes = [...element.childNodes];
  const isSpace = (node: Node) => node.nodeName === "BR" || isBlank(node);
  const hasBreak = (edge: readonly Node[]) => edge.some(({ nodeName }) => nodeName === "BR");
  const head = nodes.slice(
    0,
    nodes.findIndex((node) => !isSpace(node)),
  );
  const tail = nodes.slice(nodes.findLastIndex((node) => !isSpace(node)) + 1);
  for (const node of hasBreak(head) ? head : []) element.parentNode?.insertBefore(node, element);
  for (const node of hasBreak(tail) ? tail.toReversed() : [])
    element.parentNode?.insertBefore(node, element.nextSibling);
}

function isBlank(node: Node | null | undefined): boolean {
  return isText(node) && !node.data.trim();
}

/** Two breaks in a row part paragraphs. */
function partAtBreaks(paragraph: Element): void {
  let last: Node | undefined;
  for (const node of [...paragraph.childNodes]) {
    if (isBlank(node)) continue;
    if (node.nodeName === "BR" && last?.nodeName === "BR") {
      const next = made(paragraph, "p");
      for (let before = last.previousSibling; before; before = last.previousSibling)
        next.insertBefore(before, next.firstChild);
      paragraph.parentNode?.insertBefore(next, paragraph);
    }
    last = node;
  }
}

/** A comment at the beginning of a line would make HTML of it; it goes to the end of its block. */
function putLast(comment: Element): void {
  if (!comment.textContent?.startsWith("<!--") || !startsLine(comment)) return;
  let top: Node = comment;
  while (top.parentNode && !isBlock(top.parentNode)) top = top.parentNode;
  const block = top.parentNode;
  let last: Node = top;
  while (last.nextSibling && !isBlock(last.nextSibling)) last = last.nextSibling;
  if (!block || (last === comment && comment.previousSibling === null)) return;
  const space = block.insertBefore(textIn(comment, " "), last.nextSibling);
  block.insertBefore(comment, space.nextSibling);
  for (let before = space.previousSibling; before?.nodeName === "BR" || isBlank(before); before = space.previousSibling)
    before?.remove();
}

/** At the beginning and the end of a block a break shows nothing. */
function dropUseless(element: Element): void {
  let before: Node | null = element.previousSibling;
  while (before && isBlank(before)) before = before.previousSibling;
  let behind: Node | null = element.nextSibling;
  while (behind && isBlank(behind)) behind = behind.nextSibling;
  const isEdge = (node: Node | null) => (node === null ? isBlock(element.parentNode) : isBlock(node));
  if (isEdge(before) || isEdge(behind)) element.remove();
}

/** No post begins with one; Medium puts one before each of its sections. */
function dropFirstRule(root: Element): void {
  const [rule] = elementsOf(root, "hr");
  for (let at: Node | null | undefined = rule; at && at !== root; at = at.parentNode)
    for (let before = at.previousSibling; before; before = before.previousSibling) if (isFull(before)) return;
  rule?.remove();
}

function isFull(node: Node): boolean {
  if (/\S/.test(node.textContent ?? "")) return true;
  return isElement(node) && (node.matches(full) || elementsOf(node, full).length > 0);
}
