/**
 * Formulas in one line of text: no mail client but Apple's shows MathML. Where there is markup, raised and lowered parts are
 * raised and lowered; elsewhere they are Unicode's own letters for that, or `^(…)` and `_(…)`, as Unicode's linear format has them.
 * @see https://www.unicode.org/notes/tn28/
 */
import { type HTMLElement, type Node, NodeType } from "node-html-parser";

/** How one place writes what is more than a row of signs. Parts come written. */
export interface FormulaWriter {
  /** Letters of a text; escapes what its place needs escaped. */
  readonly text: (text: string) => string;
  /** A variable of one letter. */
  readonly variable: (letter: string) => string;
  readonly raised: (part: string) => string;
  readonly lowered: (part: string) => string;
}

const superscripts = new Map(
  [..."0123456789+−=()nix"].map((sign, at) => [sign, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ"][at] ?? sign]),
);
const subscripts = new Map(
  [..."0123456789+−=()aeoxhklmnpstijruv"].map((sign, at) => [
    sign,
    [..."₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ"][at] ?? sign,
  ]),
);

export const plainFormula: FormulaWriter = {
  text: (text) => text,
  variable: (letter) => letter,
  raised: (part) => shifted(part, superscripts, "^"),
  lowered: (part) => shifted(part, subscripts, "_"),
};

/** What stands raised or lowered in a text of letters only. */
export function shiftedText(text: string, tag: "sup" | "sub"): string {
  return tag === "sup" ? plainFormula.raised(text) : plainFormula.lowered(text);
}

function shifted(part: string, letters: ReadonlyMap<string, string>, sign: string): string {
  const tight = part.replaceAll(" ", "");
  if (tight === "") return "";
  if ([...tight].every((letter) => letters.has(letter)))
    return [...tight].map((letter) => letters.get(letter)).join("");
  return [...part].length === 1 || /^\p{Pi}|^′/u.test(part) ? sign + part : `${sign}(${part})`;
}

/** The lines of a `<math>` element: one, or as many as its table has rows when the table is all of it. */
export function formulaLines(math: HTMLElement, writer: FormulaWriter): readonly string[] {
  const rows = rowsOfWhole(math);
  const cellOf = (cell: HTMLElement) => (isNumber(cell) ? "\u2003" : "") + written(cell, writer);
  const lines = rows ? rows.map((row) => joined(row.map(cellOf))) : [rowOf(math, writer)];
  return lines.map(tidy).filter(Boolean);
}

/** The number that stands at the side of an equation. */
function isNumber(cell: HTMLElement): boolean {
  return cell.classList.contains("glue") || cell.querySelector(".tag") !== null;
}

/** Spaces that the parts put beside each other, and those at brackets, are one and none. */
function tidy(line: string): string {
  return line
    .replace(/[\u2061-\u2064]/g, "")
    .replace(/ {2,}/g, " ")
    .replace(/([([{]) /g, "$1")
    .replace(/ ([)\]},⌋⌉⟩])/g, "$1")
    .trim();
}

function elements(node: HTMLElement): readonly HTMLElement[] {
  return node.childNodes.filter((child): child is HTMLElement => child.nodeType === NodeType.ELEMENT_NODE);
}

function nameOf(node: Node): string {
  return node.rawTagName?.toLowerCase() ?? "";
}

/** Cells by row, when rows alone wrap one table: equations below each other, with the number of them all at the side. */
function rowsOfWhole(node: HTMLElement): readonly (readonly HTMLElement[])[] | undefined {
  const children = elements(node);
  const [only] = children;
  if (!only || children.length > 1) return undefined;
  if (nameOf(only) !== "mtable") return /^(?:mrow|mstyle|mtd)$/.test(nameOf(only)) ? rowsOfWhole(only) : undefined;
  const rows = cellsOf(only);
  const [first = []] = rows;
  const filled = first.filter((cell) => cell.textContent.trim() !== "");
  if (rows.length > 1 || filled.length === 0) return rows;
  // A single row may be the frame of a number: the equations stand in its first cell.
  const [equations, ...rest] = filled;
  const inner = equations && rowsOfWhole(equations);
  return inner ? inner.map((row, at) => (at === 0 ? [...row, ...rest] : row)) : rows;
}

function cellsOf(table: HTMLElement): readonly (readonly HTMLElement[])[] {
  return elements(table)
    .filter((row) => nameOf(row) === "mtr")
    .map((row) => elements(row).filter((cell) => nameOf(cell) === "mtd"));
}

function rowOf(node: HTMLElement, writer: FormulaWriter): string {
  return joined(elements(node).map((child) => written(child, writer)));
}

function joined(parts: readonly string[]): string {
  return parts.filter(Boolean).join("");
}

type Write = (node: HTMLElement, writer: FormulaWriter, parts: readonly string[]) => string;

const writers: Readonly<Record<string, Write>> = {
  mi: (node, writer) => {
    const name = node.textContent.trim();
    return [...name].length === 1 && /\p{L}/u.test(name) ? writer.variable(writer.text(name)) : writer.text(name);
  },
  mn: (node, writer) => writer.text(node.textContent.trim()),
  mtext: (node, writer) => writer.text(node.textContent.replace(/\s+/g, " ")),
  mo: operator,
  mspace: (node) => gap(Number.parseFloat(node.getAttribute("width") ?? "0")),
  mphantom: () => "",
  mfrac: (node, _writer, [over = "", under = ""]) => {
    const [top, bottom] = elements(node);
    const isBinomial = /^0/.test(node.getAttribute("linethickness") ?? "");
    if (isBinomial) return `${tidy(over)} choose ${tidy(under)}`;
    return `${bracketed(top, over)}/${bracketed(bottom, under)} `;
  },
  msqrt: (node, _writer, parts) => `√${bracketedAll(node, joined(parts))}`,
  mroot: (node, writer, [inner = "", degree = ""]) => `${writer.raised(degree)}√${bracketed(elements(node)[0], inner)}`,
  msup: (_node, writer, [base = "", over = ""]) => base + raised(over, writer),
  msub: (node, writer, [base = "", under = ""]) => base + writer.lowered(tidy(under)) + afterLimits(node),
  msubsup: (node, writer, [base = "", under = "", over = ""]) =>
    base + writer.lowered(tidy(under)) + raised(over, writer) + afterLimits(node),
  mover: (node, writer, [base = "", over = ""]) => accented(node, base, over) ?? base + raised(over, writer),
  munder: (node, writer, [base = "", under = ""]) =>
    /^(?:[_‾¯]|\u0332)$/.test(under) ? base : base + writer.lowered(tidy(under)) + afterLimits(node),
  munderover: (node, writer, [base = "", under = "", over = ""]) =>
    base + writer.lowered(tidy(under)) + raised(over, writer) + afterLimits(node),
  mtable: (node, writer) =>
    cellsOf(node)
      .map((row) =>
        row
          .map((cell) => tidy(rowOf(cell, writer)))
          .filter(Boolean)
          .join(", "),
      )
      .join("; "),
};

function written(node: HTMLElement, writer: FormulaWriter): string {
  const parts = elements(node).map((child) => written(child, writer));
  const write = writers[nameOf(node)];
  const all = write ? write(node, writer, parts) : joined(parts);
  return node.classList.contains("over") ? overlined(all) : all;
}

/** Signs of relations and sums have room; brackets, commas and what stands alone before a number have none. */
function operator(node: HTMLElement, writer: FormulaWriter): string {
  const sign = node.textContent.trim();
  const form = node.getAttribute("form");
  if (sign === "" || /^[\u2061-\u2064]$/.test(sign)) return sign === "\u2061" ? " " : "";
  if (form === "prefix" || form === "postfix" || /^[()[\]{}|‖∣′″!./∂∇⌊⌋⌈⌉⟨⟩∘°]$/.test(sign)) return writer.text(sign);
  if (/^[,;:]$/.test(sign)) return `${writer.text(sign)} `;
  if (/^[∑∏∫∮⋃⋂⨁]$/.test(sign)) return writer.text(sign);
  return ` ${writer.text(sign)} `;
}

function raised(part: string, writer: FormulaWriter): string {
  return /^[′″‴]+$/.test(part) ? part : writer.raised(tidy(part));
}

/** `em`; what is meant to keep two formulas apart does. */
function gap(width: number): string {
  return width >= 0.9 ? "\u2003" : width >= 0.16 ? " " : "";
}

/** Between a sum's or a limit's bounds and what it is of. */
function afterLimits(node: HTMLElement): string {
  return /^(?:[∑∏∫∮⋃⋂⨁]|lim|max|min|sup|inf|arg ?max|arg ?min)$/.test(elements(node)[0]?.textContent.trim() ?? "")
    ? " "
    : "";
}

/** A quotient needs brackets around what is more than one sign. */
function bracketed(node: HTMLElement | undefined, part: string): string {
  return node && isSimple(node) ? part : `(${tidy(part)})`;
}

function bracketedAll(node: HTMLElement, part: string): string {
  const inner = elements(node);
  return inner.length === 1 && inner[0] && isSimple(inner[0]) ? part : `(${tidy(part)})`;
}

function isSimple(node: HTMLElement): boolean {
  if (/^m[in]$/.test(nameOf(node))) return true;
  const inner = elements(node).filter((child) => nameOf(child) !== "mspace");
  if (nameOf(node) === "msqrt") return inner.length === 1 && inner[0] !== undefined && isSimple(inner[0]);
  if (/^msu[bp]$/.test(nameOf(node))) return inner.every(isSimple);
  return /^(?:mrow|mstyle)$/.test(nameOf(node)) && inner.length === 1 && inner[0] !== undefined && isSimple(inner[0]);
}

/** Accents as signs that join the letter before them. */
const accents: Readonly<Record<string, string>> = {
  "^": "\u0302",
  ˆ: "\u0302",
  "~": "\u0303",
  "˜": "\u0303",
  "‾": "\u0304",
  "¯": "\u0304",
  "―": "\u0304",
  "˙": "\u0307",
  "¨": "\u0308",
  "→": "\u20d7",
};

/** Absent when it is no accent over a single letter. */
function accented(node: HTMLElement, base: string, over: string): string | undefined {
  const accent = accents[over.trim()];
  const letter = elements(node)[0]?.textContent.trim() ?? "";
  if (!accent) return undefined;
  return [...letter].length === 1
    ? base.replace(letter, letter + accent)
    : accent === "\u0304"
      ? overlined(base)
      : base;
}

/** A line over several letters is one over each; tags among them stay as they are. */
function overlined(part: string): string {
  return part.replace(/<[^>]*>|&\w+;|[\p{L}\p{N}]/gu, (one) => (/^[<&]/.test(one) ? one : `${one}\u0305`));
}
