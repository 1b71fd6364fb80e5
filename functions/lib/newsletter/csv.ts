/** Comma-separated values with the place of each, so that a mistake can be shown where it is. @see RFC 4180 */

export interface Cell {
  readonly text: string;
  /** 1-based, of its first character. */
  readonly line: number;
  readonly column: number;
}

export interface CsvProblem {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

export interface Csv {
  /** Empty lines are none. */
  readonly rows: readonly (readonly Cell[])[];
  readonly problems: readonly CsvProblem[];
}

/** A cell and what ends it, from where the last one ended: in quotes with quotes doubled, or as it is. */
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Lines may end in CRLF, LF or CR; a byte order mark is passed over. Reading stops at the first thing that is no CSV. */
export function parseCsv(text: string): Csv {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let [line, lineStart] = [1, text.startsWith("\ufeff") ? 1 : 0];
  cell.lastIndex = lineStart;
  while (cell.lastIndex < text.length || row.length > 0) {
    const start = cell.lastIndex;
    const place = { line, column: start - lineStart + 1 };
    const match = cell.exec(text);
    if (!match) return { rows, problems: [{ ...place, problem: whatIsWrong(text, start) }] };
    const [whole, quoted, plain = "", end = ""] = match;
    row.push({ text: quoted?.replaceAll('""', '"') ?? plain, ...place });
    for (const breaks of whole.matchAll(/\r\n|\n|\r/g)) {
      line += 1;
      lineStart = start + breaks.index + breaks[0].length;
    }
    if (end === ",") continue;
    if (row.length > 1 || row[0]?.text !== "" || quoted !== undefined) rows.push(row);
    row = [];
  }
  return { rows, problems: [] };
}

function whatIsWrong(text: string, start: number): string {
  if (text[start] !== '"') return "a quotation mark in a value that does not begin with one";
  return /^"(?:[^"]|"")*"/.test(text.slice(start))
    ? "text after the closing quotation mark"
    : "a quotation mark that is never closed";
}

/** One row with its line end, CRLF. */
export function csvRow(values: readonly string[]): string {
  return `${values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",")}\r\n`;
}
