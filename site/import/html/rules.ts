/** How each element of a tidy page is written in our Markdown. @see https://github.com/mixmark-io/turndown#extending-with-rules */
import TurndownService from "turndown";
import { destination } from "../markdown/destination.ts";
import { emphasised, fenced } from "../templates/pieces.ts";
import { emphasis } from "./emphasis.ts";
import { escapeText } from "./escape.ts";
import { markOf, withoutMarks } from "./marks.ts";
import { become, childrenOf, isElement, placeOf } from "./page.ts";
import { tableRow } from "./table-rows.ts";

type Write = (content: string, element: Element) => string;

/** Texts are escaped already. */
export function writer(): TurndownService {
  const service = new TurndownService({ br: "\\" });
  service.escape = (text) => text;
  for (const [selector, write] of Object.entries(rules))
    service.addRule(selector, {
      filter: (node) => node.matches(selector),
      replacement: (content, node) => marked(write(content, node), node),
    });
  return service;
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

/** Later rules come before earlier ones. */
const rules: Readonly<Record<string, Write>> = {
  "em, i, cite, dfn, var": (content, node) => emphasis("em", content, node),
  "strong, b": (content, node) => emphasis("strong", content, node),
  "del, s, strike": (content, node) => emphasis("del", content, node),
  "abbr, ins, kbd, mark, q, small, sub, sup, u": (content, node) => {
    const name = node.nodeName.toLowerCase();
    const title = node.getAttribute("title");
    return `<${name}${title ? ` title="${attribute(title)}"` : ""}>${content}</${name}>`;
  },
  a: (content) => content,
  "a[href]": link,
  img: (_, node) => {
    const alt = escapeText((node.getAttribute("alt") ?? "").replace(/\s+/g, " ").trim(), inLabel);
    const title = node.getAttribute("title") ?? "";
    return `![${alt}](${destination(node.getAttribute("src") ?? "")}${titleText(title, node.getAttribute("alt") ?? "")})`;
  },
  code: (_, node) => codeInLine(node.textContent ?? ""),
  [`[${become.reference}]`]: (_, node) => `[^${node.getAttribute(become.reference)}]`,
  "h1, h2, h3, h4, h5, h6": (content, node) => {
    const id = node.getAttribute(become.id);
    const words = trimmed(content)
      .replace(/\s*\n\s*/g, " ")
      .replace(/(\s)(#+)$/, "$1\\$2");
    return block(`${"#".repeat(Number(node.nodeName.charAt(1)))} ${words}${id ? ` {#${id}}` : ""}`);
  },
  p: (content) => block(content.replace(/^[ \t]+|[ \t]+$/g, "")),
  hr: () => block("---"),
  blockquote: (content, node) => {
    const alert = node.getAttribute(become.alert);
    const lines = trimmed(content).split("\n");
    return block([...(alert ? [`[!${alert}]`] : []), ...lines].map((line) => `> ${line}`.trimEnd()).join("\n"));
  },
  "ul, ol": (content, node) =>
    node.parentNode?.nodeName === "LI" && !isLoose(node.parentNode)
      ? `\n${trimmed(content)}\n`
      : block(trimmed(content)),
  li: item,
  dt: (content) => `\n\n${trimmed(content).replace(/\n+/g, " ")}\n`,
  dd: (content) => `\n:   ${indented(trimmed(content), 4)}\n`,
  tr: (content, node) => tableRow(content, node),
  "td, th": (content) =>
    ` ${trimmed(content)
      .replace(/\\?\n+/g, "<br>")
      .replaceAll("|", "\\|")
      .trim()} |`,
  table: (content) => block(trimmed(content)),
  pre: (_, node) => block(fenced(node.textContent ?? "", node.getAttribute(become.fence) ?? "text")),
  [`[${become.caption}]`]: (content) => block(emphasised(trimmed(content))),
  [`[${become.container}]`]: (content, node) => {
    const colons = ":".repeat(3 + node.querySelectorAll(`[${become.container}]`).length);
    return block(`${colons} ${node.getAttribute(become.container)}\n\n${trimmed(content)}\n\n${colons}`);
  },
  [`[${become.footnote}]`]: (content, node) =>
    block(`[^${node.getAttribute(become.footnote)}]: ${indented(trimmed(content), 4)}`),
  [`pre[${become.markup}]`]: (_, node) => block(node.textContent ?? ""),
  [`code[${become.markup}]`]: (_, node) => node.textContent ?? "",
};

const inLabel = { startsLine: false, goesOn: true, isInLink: true };

function link(content: string, node: Element): string {
  const href = node.getAttribute("href") ?? "";
  const words = withoutMarks(content).trim();
  if (!words) return "";
  if (words === href && /^https?:\/\/[\w./?=#%&:+-]+$/.test(href)) return `<${href}>`;
  // What is told of the address is told of the link, not of the last picture in it.
  const address = markOf(placeOf(node)) + destination(href);
  return `[${content}](${address}${titleText(node.getAttribute("title") ?? "", node.textContent ?? "", href)})`;
}

/** A title that says no more than the text does is left out. */
function titleText(title: string, ...same: readonly string[]): string {
  const line = title.replace(/\s+/g, " ").trim();
  return line && !same.some((text) => text.trim() === line)
    ? ` "${escapeText(line, inLabel).replaceAll('"', '\\"')}"`
    : "";
}

function attribute(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function codeInLine(text: string): string {
  const runs: readonly string[] = text.match(/`+/g) ?? [];
  let ticks = "`";
  while (runs.includes(ticks)) ticks += "`";
  const isPadded = /^`|`$|^ .*\S.* $/.test(text);
  return isPadded ? `${ticks} ${text} ${ticks}` : ticks + text + ticks;
}

function indented(text: string, columns: number): string {
  return text.replace(/\n(?=.)/g, `\n${" ".repeat(columns)}`);
}

/** Its items are paragraphs. */
function isLoose(item: Node | null): boolean {
  return [...(item?.parentNode?.childNodes ?? [])].some(
    (one) =>
      isElement(one) &&
      childrenOf(one).filter(({ nodeName }) => /^(?:P|BLOCKQUOTE|PRE|DIV|TABLE)$/.test(nodeName)).length > 0,
  );
}

function item(content: string, node: Element): string {
  const list = node.parentElement;
  const before = lists(list);
  const sign = list?.nodeName === "OL" ? `${numberOf(node, list)}${before % 2 ? ")" : "."}` : before % 2 ? "*" : "-";
  const box = node.querySelector("input[type=checkbox]");
  const isOwn = box?.closest("li") === node;
  const text = (isOwn ? `[${box?.hasAttribute("checked") ? "x" : " "}] ` : "") + trimmed(content).trimStart();
  const gap = isLoose(node) ? "\n\n" : "\n";
  return `${gap}${sign} ${indented(text, sign.length + 1)}${gap}`;
}

/** Lists of a kind that stand right before this one: with the same sign they would be one. */
function lists(list: Element | null): number {
  let count = 0;
  for (let at = list?.previousElementSibling; at && at.nodeName === list?.nodeName; at = at.previousElementSibling)
    count += 1;
  return count;
}

function numberOf(node: Element, list: Element): number {
  const start = Number.parseInt(list.getAttribute("start") ?? "1", 10);
  return (start >= 0 ? start : 1) + childrenOf(list).indexOf(node);
}
