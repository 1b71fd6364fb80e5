/** HTML brought to one form, so that markup of the site can be held against that of the specification. */
import { type HTMLElement, type Node, NodeType, parse } from "node-html-parser";

const blocks = new Set(
  "blockquote body div dd dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary details table tbody td th thead tr ul".split(
    " ",
  ),
);

const options = { comment: true, blockTextElements: { script: true, style: true } };

/** Without what the site adds on purpose: ids and anchors of headings, the frame and the colours of code. */
export function normalized(markup: string): string {
  const root = parse(markup, options);
  for (const heading of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) heading.removeAttribute("id");
  for (const anchor of root.querySelectorAll("a.anchor")) anchor.replaceWith(...anchor.childNodes);
  for (const figure of root.querySelectorAll("figure.code")) {
    figure.replaceWith(parse(`<pre><code>${escaped(figure.querySelector("code")?.text ?? "")}</code></pre>`, options));
  }
  for (const code of root.querySelectorAll("pre > code")) {
    code.removeAttribute("class");
    // The site ends every line, that of an empty block too.
    code.set_content(escaped(code.text.replace(/\n$/, "")));
  }
  return printed(root, false)
    .replace(/\s*(<\/?(?:[a-z][a-z0-9]*)\b[^>]*>)\s*/g, (all, tag: string) =>
      blocks.has(/[a-z0-9]+/.exec(tag)?.[0] ?? "") ? tag : all,
    )
    .trim();
}

function printed(node: Node, isCode: boolean): string {
  if (node.nodeType === NodeType.TEXT_NODE)
    return isCode ? escaped(node.text) : escaped(node.text.replace(/\s+/g, " "));
  if (node.nodeType === NodeType.COMMENT_NODE) return `<!--${node.rawText}-->`;
  const element = node as HTMLElement;
  const name = element.rawTagName;
  const content = element.childNodes.map((child) => printed(child, isCode || name === "pre")).join("");
  if (!name) return content;
  const attributes = Object.entries(element.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  const written = attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
  return `<${name}${written}>${content}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
