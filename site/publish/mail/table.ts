/** Tables of data in a mail: hairlines below rows, a box that scrolls where the table is wider than the mail. */
import type { HTMLElement, Node } from "node-html-parser";
import { light } from "./palette.ts";
import { elementsOf, keptAttributes, tagOf } from "./tree.ts";

interface TableWriter {
  /** Of what stands in cells. */
  readonly write: (node: Node) => string;
  /** Of all columns but the first. */
  readonly cellWidth?: string;
}

const boxStyle = "margin:0 0 1.4em;overflow-x:auto";
const tableStyle =
  "border-collapse:collapse;min-width:100%;font-size:15px;line-height:1.45;overflow-wrap:normal;word-break:normal";

export function dataTable(table: HTMLElement, writer: TableWriter): string {
  const parts = partsOf(table, writer);
  return `<div style="${boxStyle}"><table cellspacing="0" cellpadding="6" style="${tableStyle}">${parts}</table></div>`;
}

function partsOf(parent: HTMLElement, writer: TableWriter): string {
  return elementsOf(parent)
    .map((part) => partMarkup(part, writer))
    .join("");
}

/** The hairline is the row's: a style on each cell would be most of a large table. */
function partMarkup(part: HTMLElement, writer: TableWriter): string {
  const tag = tagOf(part);
  if (/^(?:thead|tbody|tfoot)$/.test(tag)) return `<${tag}>${partsOf(part, writer)}</${tag}>`;
  if (tag === "tr") {
    const edge = tagOf(part.parentNode) === "thead" ? light.quiet : light.line;
    return `<tr style="border-bottom:1px solid ${edge}">${elementsOf(part)
      .map((cell) => cellMarkup(cell, writer))
      .join("")}</tr>`;
  }
  if (tag !== "caption") return "";
  return `<caption align="left" style="text-align:left;padding:0 0 6px"><b>${inner(part, writer)}</b></caption>`;
}

function cellMarkup(cell: HTMLElement, writer: TableWriter): string {
  const tag = tagOf(cell) === "th" ? "th" : "td";
  const aligned = /\b(?:right|center)\b/.exec(cell.classNames)?.[0] ?? (tag === "th" ? "left" : "");
  const width = cell.previousElementSibling ? writer.cellWidth : undefined;
  const isRowName = tag === "th" && tagOf(cell.parentNode?.parentNode) === "tbody";
  const look = [
    aligned && ` align="${aligned}"`,
    width && ` width="${width}"`,
    ' valign="top"',
    isRowName && ' style="font-weight:400"',
  ];
  return `<${tag}${keptAttributes(cell)}${look.filter(Boolean).join("")}>${inner(cell, writer)}</${tag}>`;
}

function inner(part: HTMLElement, { write }: TableWriter): string {
  return part.childNodes.map(write).join("");
}
