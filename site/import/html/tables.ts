/** Tables as Markdown has them: a row of headings, and cells of one line. Others stay HTML. */

import { markup } from "./leave.ts";
import { become, childrenOf, elementsOf, fill, type HtmlPage, isBlock, made, replaceBy, unwrap } from "./page.ts";
import { serialised } from "./serialise.ts";

export function plainTables(page: HtmlPage): void {
  for (const table of elementsOf(page.root, "table")) {
    if (!page.root.contains(table)) continue;
    const cells = elementsOf(table, "td, th");
    const [only] = cells;
    if (only && cells.length === 1) unwrapCell(table, only);
    else if (!only) table.remove();
    else plainTable(table, cells, page);
  }
}

/** A table of one cell was only there for its looks. */
function unwrapCell(table: Element, cell: Element): void {
  replaceBy(table, fill(made(table, "div"), [...cell.childNodes]));
}

function plainTable(table: Element, cells: readonly Element[], page: HtmlPage): void {
  const [caption] = elementsOf(table, "caption");
  for (const cell of cells) flatten(cell);
  const isMerged = cells.some((cell) =>
    ["colspan", "rowspan"].some((name) => Number(cell.getAttribute(name) ?? 1) > 1),
  );
  const isDeep = cells.some((cell) => elementsOf(cell, "*").some(isBlock));
  if (isMerged || isDeep) {
    page.tell(table, "html", isMerged ? "table with merged cells" : "table with blocks in its cells", "stays HTML");
    replaceBy(table, markup(table, serialised(table)));
    return;
  }
  if (caption) {
    table.parentNode?.insertBefore(
      fill(made(caption, "p", { [become.caption]: "" }), [...caption.childNodes]),
      table.nextSibling,
    );
    caption.remove();
  }
  asRows(table);
}

/** Paragraphs of a cell become lines of it. */
function flatten(cell: Element): void {
  const isPlain = elementsOf(cell, "*").every((inner) => !isBlock(inner) || /^(?:P|DIV)$/.test(inner.nodeName));
  if (!isPlain) return;
  for (const block of elementsOf(cell, "p, div")) {
    const isLast = [...iterate(block.nextSibling)].every((node) => !node.textContent?.trim());
    if (!isLast) block.appendChild(made(block, "br"));
    unwrap(block);
  }
}

function* iterate(from: ChildNode | null): Generator<ChildNode> {
  for (let node = from; node; node = node.nextSibling) yield node;
}

/** All rows of one length below each other, the first of them headings, perhaps empty ones. */
function asRows(table: Element): void {
  const rows = elementsOf(table, "tr").filter((row) => childrenOf(row).length > 0);
  const [first] = rows;
  if (!first) return;
  const width = Math.max(...rows.map((row) => childrenOf(row).length));
  const isHead =
    first.parentElement?.nodeName === "THEAD" || childrenOf(first).every(({ nodeName }) => nodeName === "TH");
  const all = isHead ? rows : [made(table, "tr"), ...rows];
  for (const row of all) while (childrenOf(row).length < width) row.appendChild(made(row, "td"));
  const body = made(table, "tbody");
  replaceBy(table, fill(made(table, "table"), [fill(body, all)]));
}
