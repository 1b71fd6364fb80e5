/** An article for places that know none of our styles and scripts: readers of feeds, and mail. */
import { type HTMLElement, parse } from "node-html-parser";
import type { Html } from "../../html.ts";

/** What only our page can use. */
const ours = [
  "tabindex",
  "role",
  "aria-label",
  "class",
  "id",
  "data-n",
  "loading",
  "decoding",
  "fetchpriority",
  "sizes",
];

export type FeedContentOf = typeof feedContent;

/** `pageUrl` is the article's own address: links to places in it lead there. */
export function feedContent(article: Html, pageUrl: string): string {
  const root = parse(article.markup, { blockTextElements: { script: true, style: true } });
  for (const note of root.querySelectorAll(".sidenote, script, style, button, input, .code > label")) note.remove();
  // A heading's link to itself, colours of code, and tabs, are of no use elsewhere.
  for (const wrapper of root.querySelectorAll("a.anchor, pre span, .table-box, figcaption label"))
    wrapper.replaceWith(...wrapper.childNodes);
  for (const picture of root.querySelectorAll("picture")) {
    const image = picture.querySelector("img");
    if (image) picture.replaceWith(image);
  }
  clean(root, pageUrl, false);
  return root.innerHTML.trim();
}

/** Drawings and formulas need their attributes. */
function clean(parent: HTMLElement, pageUrl: string, isDrawing: boolean): void {
  for (const element of parent.children) {
    for (const [name, value] of Object.entries(element.attributes)) {
      if (/^(?:href|src|poster|cite)$/.test(name) && URL.canParse(value, pageUrl))
        element.setAttribute(name, new URL(value, pageUrl).href);
    }
    const isDrawn = isDrawing || element.tagName === "SVG" || element.tagName === "MATH";
    if (!isDrawn) for (const name of ours) if (element.hasAttribute(name)) element.removeAttribute(name);
    clean(element, pageUrl, isDrawn);
  }
}
