/** Escapes every text of a page for the place at which it stands. */
import { escapeText } from "./escape.ts";
import { become, isBlock, isElement, isText } from "./page.ts";
import { closest } from "./select.ts";

/** Their texts are not Markdown. */
const verbatim = new Set(["CODE", "PRE"]);

export function escapeTexts(parent: Node): void {
  for (const node of [...parent.childNodes]) {
    if (isText(node)) escapeIn(node);
    else if (isElement(node) && !verbatim.has(node.nodeName) && !node.hasAttribute(become.markup)) escapeTexts(node);
  }
}

function escapeIn(node: Text): void {
  node.data = escapeText(node.data.replace(/[ \t\r\n\f]+/g, " "), {
    startsLine: startsLine(node),
    goesOn: node.nextSibling !== null,
    isInLink: closest(node.parentElement, "a") !== undefined,
    block: blockText(node),
  });
}

const known = new WeakMap<Node, string>();

/** Of the block that a text stands in; read once. */
function blockText(node: Node): string {
  let at = node;
  while (at.parentNode && !isBlock(at)) at = at.parentNode;
  const text = known.get(at) ?? at.textContent ?? "";
  known.set(at, text);
  return text;
}

/** Whether nothing stands before it in its line. */
export function startsLine(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parentNode) {
    for (let before = at.previousSibling; before; before = before.previousSibling) {
      if (before.nodeName === "BR" || isBlock(before)) return true;
      if (isElement(before) || (before.textContent ?? "").trim()) return false;
    }
    if (isBlock(at.parentNode)) return true;
  }
  return true;
}
