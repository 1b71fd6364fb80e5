/** Lines, columns and points as SVG that is as wide as its place: shapes stretch, letters and strokes do not. */
import { type Html, html, trusted } from "../../html.ts";
import type { ChartData } from "./data.ts";
import { besideEachOther, type Horizontal, horizontalOf } from "./horizontal.ts";
import { columns, lines, type Marks, percent, points } from "./marks.ts";
import { roundScale, type Scale } from "./scale.ts";

export type PlotKind = "line" | "column" | "scatter";

export interface Plot {
  readonly svg: Html;
  readonly isCrowded: boolean;
}

/** Pixels. Above the highest mark is room for half a letter, below the lowest for the marks of the other axis. */
const top = 8;
const height = 260;
const below = 28;

export function plot(kind: PlotKind, data: ChartData, { label, x }: { label: string; x: string | undefined }): Plot {
  const horizontal = kind === "column" ? besideEachOther(data) : horizontalOf(data);
  const vertical = verticalOf(kind, data);
  const place: Marks["place"] = (row, value) => ({ x: horizontal.places[row] ?? 0, y: y(vertical.place(value)) });
  const draw = { line: lines, column: columns, scatter: points }[kind];
  const marks = draw(data, { place, zero: y(vertical.place(0)), height: top + height });
  const whole = top + height + below + (x ? 18 : 0);
  const name = x && html`<text x="100%" y="${whole - 4}" text-anchor="end">${x}</text>`;
  const svg = html`<svg width="100%" height="${whole}" role="img" aria-label="${label}" font-size="12" fill="var(--quiet,currentColor)">${grid(vertical, horizontal)}${name}${trusted(marks)}</svg>`;
  return { svg, isCrowded: horizontal.isCrowded };
}

/** Columns stand on zero; lines too, unless that would leave most of the height empty. */
function verticalOf(kind: PlotKind, { rows }: ChartData): Scale {
  const values = rows.flatMap((row) => row.values.flatMap((value) => value?.number ?? []));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const fromZero = kind === "column" || (low >= 0 && low < high / 2);
  return roundScale(values, { fromZero, count: 5, atMost: false });
}

function grid({ ticks }: Scale, { ticks: marks }: Horizontal): Html {
  const rows = ticks.map(({ at }) => html`<line x2="100%" y1="${y(at)}" y2="${y(at)}"/>`);
  const numbers = ticks.map(({ at, label }) => html`<text x="-8" y="${y(at) + 4}">${label}</text>`);
  const names = marks.map(({ at, label }) => html`<text x="${percent(at)}" y="${top + height + 20}">${label}</text>`);
  return html`<g stroke="var(--line,currentColor)">${rows}</g><g text-anchor="end">${numbers}</g><g text-anchor="middle">${names}</g>`;
}

/** From 0 to 1 to pixels from above. */
function y(at: number): number {
  return Math.round((top + height * (1 - at)) * 10) / 10;
}
