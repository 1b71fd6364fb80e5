/** The numbers of a chart, from comma-separated values or JSON, each mistake at its line. */
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

export interface ChartData {
  /** What the first column says, for its head. */
  readonly head: string;
  readonly series: readonly string[];
  readonly rows: readonly ChartRow[];
  /** False when something was told of, so that no more need be said of what is missing. */
  readonly isWhole: boolean;
}

export interface ChartRow {
  readonly label: string;
  /** One a series; absent where there is none. */
  readonly values: readonly (ChartValue | undefined)[];
  /** 0-based, from the first line of the data. */
  readonly line: number;
}

export interface ChartValue {
  readonly number: number;
  /** As the author wrote it. */
  readonly text: string;
}

export interface ChartProblem {
  /** 0-based, from the first line of the data; -1 for the fence. */
  readonly line: number;
  readonly code?: string;
  readonly problem: string;
  readonly hint?: string;
  readonly about?: string | undefined;
  readonly severity?: "warning";
}

export type TellChart = (problem: ChartProblem) => void;

/** Rows with a mistake are told of and left out. */
export function readChartData(text: string, tellChart: TellChart): ChartData {
  let isWhole = true;
  const tell: TellChart = (problem) => {
    isWhole = false;
    tellChart(problem);
  };
  const [first, ...rest] = /^\s*\[/.test(text) ? jsonRows(text, tell) : csvRows(text, tell);
  const [head = "", ...series] = first?.cells ?? [];
  const rows = rest.flatMap(({ cells, line }) => {
    const [label = "", ...written] = cells;
    const problem = rowProblem(label, written, series);
    if (problem) tell({ line, ...problem });
    return problem ? [] : [{ label, line, values: written.map(toValue) }];
  });
  const missing = whatIsMissing(series, rows);
  const hint = "write a line of names, then a line a row";
  if (missing && isWhole) tell({ line: -1, problem: `the chart has no ${missing}`, hint });
  return { head, series, rows: missing ? [] : rows, isWhole };
}

function whatIsMissing(series: readonly string[], rows: readonly ChartRow[]): string | undefined {
  if (rows.length === 0) return "rows";
  if (series.length === 0) return "column of numbers";
  return rows.some(({ values }) => values.some(Boolean)) ? undefined : "number";
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

function rowProblem(label: string, written: readonly string[], series: readonly string[]) {
  if (written.length !== series.length) {
    const problem = `the row "${label}" has ${written.length} of ${series.length} values`;
    return { problem, about: label };
  }
  const bad = written.find((cell) => cell !== "" && !isNumber(cell));
  return bad === undefined ? undefined : { problem: `"${bad}" is no number`, hint: "write it as 1234.5", about: bad };
}

/** Larger ones could not be placed exactly. */
const maxNumber = 1e15;

export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) && Math.abs(Number(text)) <= maxNumber;
}

function toValue(text: string): ChartValue | undefined {
  return text === "" ? undefined : { number: Number(text), text };
}

function csvRows(text: string, tell: TellChart): readonly Row[] {
  return text.split("\n").flatMap((written, line) => {
    if (written.trim() === "") return [];
    const cells = csvCells(written);
    if (!cells) tell({ line, problem: "a quotation mark is never closed" });
    return cells ? [{ cells, line }] : [];
  });
}

/** Absent when a quotation mark is open at the end. @see RFC 4180 */
function csvCells(line: string): readonly string[] | undefined {
  const cells: string[] = [];
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^",][^,]*|))\s*(,|$)/y;
  for (;;) {
    const match = cell.exec(line);
    if (!match) return undefined;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2]?.trim() ?? "");
    if (match[3] === "") return cells;
  }
}

/** `[["name", …], [label, …], …]`, or objects that all have the same keys. */
function jsonRows(text: string, tell: TellChart): readonly Row[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error) {
    const problem = `the JSON is wrong: ${words(printParseErrorCode(error.error))}`;
    const [about] = text.slice(error.offset).split("\n", 1);
    tell({ line: lineAt(text, error.offset), problem, about });
    return [];
  }
  const rows = (root?.children ?? []).map((node) => ({ node, line: lineAt(text, node.offset) }));
  const [first] = rows;
  const names = first?.node.type === "object" ? Object.keys(getNodeValue(first.node)) : undefined;
  const head = names && first ? [{ cells: names, line: first.line }] : [];
  return [...head, ...rows.flatMap(({ node, line }) => jsonRow(node, line, { names, tell }))];
}

interface JsonRows {
  /** Keys of objects; absent where rows are lists. */
  readonly names: readonly string[] | undefined;
  readonly tell: TellChart;
}

function jsonRow(node: Node, line: number, { names, tell }: JsonRows): readonly Row[] {
  const value: unknown = getNodeValue(node);
  const isAsExpected = names ? node.type === "object" : Array.isArray(value);
  if (!isAsExpected) {
    tell({ line, problem: `this row is no ${names ? "object" : "list"} as the first one is` });
    return [];
  }
  const record = value as Record<string, unknown>;
  const unknown = names && Object.keys(record).find((key) => !names.includes(key));
  if (unknown) tell({ line, problem: `the first row has no "${unknown}"`, about: `"${unknown}"` });
  const cells = names ? names.map((name) => record[name]) : (value as unknown[]);
  return [{ cells: cells.map((cell) => String(cell ?? "")), line }];
}

/** `CommaExpected` → `comma expected` */
function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}
