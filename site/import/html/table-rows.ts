/** Rows of a table whose first one has the headings. */
import { childrenOf } from "./page.ts";

/** `content` is the row's cells, a bar behind each. */
export function tableRow(content: string, row: Element): string {
  const line = `\n|${content.replace(/\n/g, "")}`;
  if (row.previousElementSibling) return line;
  const columns = childrenOf(row).map((_, at) => alignment(row, at));
  return `${line}\n|${columns.map((column) => ` ${column} |`).join("")}`;
}

/** That of the first cell of a column that has one. */
function alignment(row: Element, column: number): string {
  const cells = (row.parentElement ? childrenOf(row.parentElement) : []).map((one) => childrenOf(one)[column]);
  const written = cells.map((cell) => (cell ? alignmentOf(cell) : "")).find(Boolean);
  return written === "right" ? "--:" : written === "center" ? ":-:" : "---";
}

function alignmentOf(cell: Element): string {
  const ofStyle = /text-align:\s*(\w+)/.exec(cell.getAttribute("style") ?? "")?.[1];
  const ofClass = /(?:has-text-align|align)-?(left|center|right)/.exec(cell.className)?.[1];
  return (cell.getAttribute("align") ?? ofStyle ?? ofClass ?? "").toLowerCase();
}
