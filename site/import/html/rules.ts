/** How each element of a tidy page is written in our Markdown. @see https://github.com/mixmark-io/turndown#extending-with-rules */
import TurndownService from "turndown";
import { emphasised, fenced } from "../templates/pieces.ts";
import { emphasis } from "./emphasis.ts";
import { markOf } from "./marks.ts";
import { become, placeOf } from "./page.ts";
import { elementsOf } from "./select.ts";
import { tableCell, tableRow } from "./table-rows.ts";
import { codeInLine, htmlInLine, link, picture } from "./write-inline.ts";

type Write = (content: string, element: Element) => string;

/** Texts are escaped already. */
export function writer(): TurndownService {
  const service = new TurndownService({ br: "\\" });
  service.escape = (text) => text;
  // One rule that knows all others: the library asks each of them for each element.
  service.addRule("all", {
    filter: (node) => writeFor(node) !== undefined,
    replacement: (content, node) => marked(writeFor(node)?.(content, node) ?? content, node),
  });
  return service;
}

function writeFor(node: Element): Write | undefined {
  const attribute = Object.keys(byAttribute).find((name) => node.hasAttribute(name));
  const name = node.nodeName.toLowerCase();
  return attribute ? byAttribute[attribute] : Object.hasOwn(byName, name) ? byName[name] : undefined;
}

/** The mark stands behind the line ends that part a block from the one before. */
function marked(text: string, element: Element): string {
  const ends = /^\n*/.exec(text)?.[0].length ?? 0;
  return text.length > ends ? text.slice(0, ends) + markOf(placeOf(element)) + text.slice(ends) : text;
}

function block(text: string): string {
  return `\n\n${text}\n\n`;
}

function trimmed(content: string): string {
  return content.replace(/^\n+|\n+$/g, "");
}

/** What an element became goes before its name. */
const byAttribute: Readonly<Record<string, Write>> = {
  [become.markup]: (_, { nodeName, textContent }) =>
    nodeName === "PRE" ? block(textContent ?? "") : (textContent ?? ""),
  [become.reference]: (_, node) => `[^${node.getAttribute(become.reference)}]`,
  [become.footnote]: (content, node) =>
    block(`[^${node.getAttribute(become.footnote)}]: ${indented(trimmed(content), 4)}`),
  [become.caption]: (content) => block(emphasised(trimmed(content))),
  [become.container]: (content, node) => {
    const colons = ":".repeat(3 + elementsOf(node, `[${become.container}]`).length);
    return block(`${colons} ${node.getAttribute(become.container)}\n\n${trimmed(content)}\n\n${colons}`);
  },
};

const byName: Readonly<Record<string, Write>> = {
  ...same("em i cite dfn var", (content, node) => emphasis("em", content, node)),
  ...same("strong b", (content, node) => emphasis("strong", content, node)),
  ...same("del s strike", (content, node) => emphasis("del", content, node)),
  ...same("abbr ins kbd mark q small sub sup u", htmlInLine),
  a: (content, node) => (node.hasAttribute("href") ? link(content, node) : content),
  img: (_, node) => picture(node),
  code: (_, node) => codeInLine(node.textContent ?? ""),
  ...same("h1 h2 h3 h4 h5 h6", heading),
  p: (content) => block(content.replace(/^[ \t]+|[ \t]+$/g, "")),
  hr: () => block("---"),
  blockquote: quotation,
  ...same("ul ol", (content, { parentElement }) =>
    parentElement?.nodeName === "LI" && !parentElement.hasAttribute(become.loose)
      ? `\n${trimmed(content)}\n`
      : block(trimmed(content)),
  ),
  li: item,
  dt: (content) => `\n\n${trimmed(content).replace(/\n+/g, " ")}\n`,
  dd: (content) => `\n:   ${indented(trimmed(content), 4)}\n`,
  tr: tableRow,
  ...same("td th", tableCell),
  table: (content) => block(trimmed(content)),
  pre: (_, node) => block(fenced(node.textContent ?? "", node.getAttribute(become.fence) ?? "text")),
};

function same(names: string, write: Write): Record<string, Write> {
  return Object.fromEntries(names.split(" ").map((name) => [name, write]));
}

function heading(content: string, node: Element): string {
  const id = node.getAttribute(become.id);
  const words = trimmed(content)
    .replace(/\s*\n\s*/g, " ")
    .replace(/(\s)(#+)$/, "$1\\$2");
  return block(`${"#".repeat(Number(node.nodeName.charAt(1)))} ${words}${id ? ` {#${id}}` : ""}`);
}

function quotation(content: string, node: Element): string {
  const alert = node.getAttribute(become.alert);
  const lines = [...(alert ? [`[!${alert}]`] : []), ...trimmed(content).split("\n")];
  return block(lines.map((line) => `> ${line}`.trimEnd()).join("\n"));
}

function indented(text: string, columns: number): string {
  return text.replace(/\n(?=.)/g, `\n${" ".repeat(columns)}`);
}

function item(content: string, node: Element): string {
  const sign = node.getAttribute(become.item) ?? "-";
  const gap = node.hasAttribute(become.loose) ? "\n\n" : "\n";
  return `${gap}${sign} ${indented(trimmed(content).trimStart(), sign.length + 1)}${gap}`;
}
