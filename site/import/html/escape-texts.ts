/** Escapes every text of a page for the place at which it stands. */
import { escapeText } from "./escape.ts";
import { become, isBlock, isElement, isText } from "./page.ts";

/** Their texts are not Markdown. */
const verbatim = new Set("CODE MATH PRE".split(" "));

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
    isInLink: Boolean(node.parentElement?.closest("a")),
  });
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
