/** Elements written as HTML again, without what only the old theme knew. */
import { escapeHtml } from "../../html.ts";
import { become, isElement, isText } from "./page.ts";
import { closest } from "./select.ts";

const kept = new Set(
  "abbr align alt cite colspan controls datetime dir height href lang loop muted open poster preload rowspan scope src start title type value width columnalign display displaystyle encoding mathvariant stretchy".split(
    " ",
  ),
);
const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** Without blank lines, which would end it where it stands in Markdown. */
export function serialised(element: Element): string {
  return written(element)
    .replace(/\n[ \t]*(?=\n)/g, "")
    .trim();
}

function written(node: Node): string {
  if (isText(node) && /^(?:SCRIPT|STYLE)$/.test(node.parentNode?.nodeName ?? "")) return node.data;
  if (isText(node))
    return escapeHtml(node.data).replace(/\n(?=\s*\n)/g, closest(node.parentElement, "pre") ? "&#10;" : "");
  if (!isElement(node)) return "";
  if (node.hasAttribute(become.markup)) return node.textContent ?? "";
  const name = node.nodeName.toLowerCase();
  const attributes = [...node.attributes]
    .filter((attribute) => kept.has(attribute.name))
    .map(({ name, value }) => (value === "" ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`));
  const open = `<${name}${attributes.join("")}>`;
  return voids.has(name) ? open : `${open}${[...node.childNodes].map(written).join("")}</${name}>`;
}
