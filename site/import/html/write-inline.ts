/** Links, pictures, code and HTML within a line. */
import { escapeHtml } from "../../html.ts";
import { destination } from "../markdown/destination.ts";
import { escapeText } from "./escape.ts";
import { markOf, withoutMarks } from "./marks.ts";
import { placeOf } from "./page.ts";

const inLabel = { startsLine: false, goesOn: true, isInLink: true, block: "" };

export function picture(node: Element): string {
  const written = (node.getAttribute("alt") ?? "").replace(/\s+/g, " ").trim();
  const title = titleText(node.getAttribute("title") ?? "", written);
  return `![${escapeText(written, inLabel)}](${destination(node.getAttribute("src") ?? "")}${title})`;
}

export function link(content: string, node: Element): string {
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

/** Elements that Markdown lacks, and that pages of ours show. */
export function htmlInLine(content: string, node: Element): string {
  const name = node.nodeName.toLowerCase();
  const title = node.getAttribute("title");
  return `<${name}${title ? ` title="${escapeHtml(title.replace(/\s+/g, " "))}"` : ""}>${content}</${name}>`;
}

/** Between more ticks than it has in a row itself. */
export function codeInLine(text: string): string {
  const runs: readonly string[] = text.match(/`+/g) ?? [];
  let ticks = "`";
  while (runs.includes(ticks)) ticks += "`";
  const isPadded = /^`|`$|^ .*\S.* $/.test(text);
  return isPadded ? `${ticks} ${text} ${ticks}` : ticks + text + ticks;
}
