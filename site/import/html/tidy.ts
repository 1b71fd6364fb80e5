/** Puts the elements of a page into the order that Markdown can say: nothing empty, nothing twice, no blocks in lines. */
import { hoistBreaks, tidyBreaks } from "./breaks.ts";
import { become, fill, type HtmlPage, isBlock, isElement, made, unwrap, wordsIn } from "./page.ts";
import { elementsOf, matches } from "./select.ts";

const meaningless = "acronym, bdi, bdo, big, blink, button, data, font, label, nobr, span, time";
const lines = "a, abbr, b, cite, del, dfn, em, i, ins, kbd, mark, q, s, small, strike, strong, sub, sup, u, var";
const emphases = "em, i, strong, b, del, s, strike";
const full = "code, hr, img, input, pre";

export function tidy(page: HtmlPage): void {
  const { root } = page;
  for (const element of elementsOf(root, "wbr")) element.remove();
  for (const element of elementsOf(root, meaningless)) if (!element.hasAttribute(become.id)) unwrap(element);
  for (const element of elementsOf(root, lines)) unwrapAroundBlocks(element);
  for (const element of elementsOf(root, lines).toReversed()) dropEmpty(element);
  root.normalize();
  for (const element of elementsOf(root, lines).toReversed()) hoistBreaks(element);
  for (const element of elementsOf(root, emphases)) dropDoubled(element);
  for (const element of elementsOf(root, `${emphases}, code`)) joinPieces(element);
  tidyBreaks(root);
  dropFirstRule(root);
  root.normalize();
}

/** `<strong><p>…</p></strong>`: a link keeps its words, everything else only what is in it. */
function unwrapAroundBlocks(element: Element): void {
  if (!elementsOf(element, "*").some((inner) => isBlock(inner) && !inner.hasAttribute(become.markup))) return;
  const isPlainLink =
    element.nodeName === "A" && element.hasAttribute("href") && elementsOf(element, "img").length === 0;
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

/** `<b><strong>…` says one thing twice. */
function dropDoubled(element: Element): void {
  const kind = kindOf(element);
  if (ancestors(element).some((one) => kindOf(one) === kind)) unwrap(element);
}

/** `<em>a</em><em>b</em>` says one thing in two pieces. */
function joinPieces(element: Element): void {
  if (element.hasAttribute(become.reference) || element.hasAttribute(become.markup)) return;
  const kind = kindOf(element);
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

/** No post begins with one; Medium puts one before each of its sections. */
function dropFirstRule(root: Element): void {
  const [rule] = elementsOf(root, "hr");
  for (let at: Node | null | undefined = rule; at && at !== root; at = at.parentNode)
    for (let before = at.previousSibling; before; before = before.previousSibling) if (isFull(before)) return;
  rule?.remove();
}

function isFull(node: Node): boolean {
  if (/\S/.test(node.textContent ?? "")) return true;
  return isElement(node) && (matches(node, full) || elementsOf(node, full).length > 0);
}
