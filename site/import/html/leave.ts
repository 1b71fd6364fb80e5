/** What no page of ours can show, left in the post as a comment. */
import { commentOf } from "../leave-out.ts";
import { become, type HtmlPage, isBlock, made, replaceBy, textIn } from "./page.ts";
import { elementsOf } from "./select.ts";
import { serialised } from "./serialise.ts";

const programs =
  "applet, canvas, embed, fieldset, form, iframe, input:not([type=checkbox]), map, marquee, noscript, object, script, select, style, svg, template, textarea";
/** Programs that only dress up what stands beside them. */
const dressing =
  /\/\/(?:platform\.(?:twitter|x|instagram)\.com|www\.(?:instagram|tiktok|redditstatic)\.com|embed\.redditmedia\.com|(?:cpwebassets|static|production-assets)\.codepen\.io|cdn\.embedly\.com)\//;

export function leavePrograms(page: HtmlPage): void {
  for (const element of elementsOf(page.root, "link, meta, title")) element.remove();
  for (const formula of elementsOf(page.root, "math"))
    replaceBy(formula, markup(formula, serialised(formula), formula.getAttribute("display") !== "block"));
  for (const element of elementsOf(page.root, programs)) {
    if (!page.root.contains(element)) continue;
    if (element.nodeName === "SCRIPT" && dressing.test(element.getAttribute("src") ?? "")) element.remove();
    else leave(element, page);
  }
}

/** Puts a comment in the place of an element, and tells of it. */
export function leave(element: Element, page: HtmlPage, what?: string): void {
  const name = element.nodeName.toLowerCase();
  page.tell(element, "html", what ?? `HTML element <${name}>`, "left in the post as a comment");
  replaceBy(element, comment(element, serialised(element)));
}

/** A comment for the author; in a line when its place is in one. */
export function comment(like: Element, text: string): Element {
  return markup(like, commentOf(text), !isBlock(like.parentElement) || like.parentElement?.nodeName === "P");
}

/** Markup that is written into the post as it is. */
export function markup(like: Element, text: string, isInLine = false): Element {
  const element = made(like, isInLine ? "code" : "pre", { [become.markup]: "" });
  element.appendChild(textIn(like, text));
  return element;
}

/** Comments that templates left for the author stay; all others are gone. */
export function dropComments(page: HtmlPage): void {
  const found: Comment[] = [];
  const collect = (node: Node) => {
    if (node.nodeType === 8) found.push(node as Comment);
    for (const child of node.childNodes) collect(child);
  };
  collect(page.root);
  for (const node of found) {
    const parent = node.parentElement;
    const text = /^ import: ([\s\S]*) $/.exec(node.data)?.[1];
    if (parent && text !== undefined) replaceBy(node, markup(parent, `<!-- import: ${text} -->`, !isBlockPlace(node)));
    else node.remove();
  }
}

/** Between blocks, not among words. */
function isBlockPlace(node: Node): boolean {
  const isWord = (one: Node | null) =>
    one !== null && !isBlock(one) && one.nodeType !== 8 && /\S/.test(one.textContent ?? "");
  return (
    node.parentNode?.nodeName !== "P" &&
    isBlock(node.parentNode) &&
    !isWord(node.previousSibling) &&
    !isWord(node.nextSibling)
  );
}
