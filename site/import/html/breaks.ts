/** Line breaks where Markdown can have them: between words of a paragraph. */
import { startsLine } from "./escape-texts.ts";
import { become, isBlock, isText, made, replaceBy, textIn } from "./page.ts";
import { elementsOf } from "./select.ts";

const oneLine = `h1, h2, h3, h4, h5, h6, dt, [${become.caption}]`;

export function tidyBreaks(root: Element): void {
  for (const paragraph of elementsOf(root, "p")) partAtBreaks(paragraph);
  for (const comment of elementsOf(root, `code[${become.markup}]`)) putLast(comment);
  for (const element of elementsOf(root, "br")) dropUseless(element);
  for (const element of elementsOf(root, oneLine).flatMap((line) => elementsOf(line, "br")))
    replaceBy(element, textIn(element, " "));
}

/** Breaks at the edges of an element stand outside of it, and so do the spaces around them. */
export function hoistBreaks(element: Element): void {
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

function isBlank(node: Node | null | undefined): boolean {
  return isText(node) && !node.data.trim();
}
