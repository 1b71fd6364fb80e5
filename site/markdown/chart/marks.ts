/** What stands for the numbers in a chart: markup of SVG, in the looks of the series. */
import type { ChartData } from "./data.ts";
import { lookOf } from "./looks.ts";

export interface Marks {
  /** Of a value in a row: x from 0 to 1, y in pixels from above. */
  readonly place: (row: number, value: number) => { readonly x: number; readonly y: number };
  /** Of the number 0, in pixels from above. */
  readonly zero: number;
  /** Pixels. */
  readonly height: number;
}

/** A line a series, broken where a value is missing. The inner picture stretches to the width, its strokes do not. */
export function lines({ series, rows }: ChartData, { place, height }: Marks): string {
  const drawn = series.map((_name, at) => {
    const pieces = rows.map(({ values }, row) => {
      const value = values[at];
      if (!value) return "";
      const { x, y } = place(row, value.number);
      return `${Math.round(x * 1000)},${y}`;
    });
    const parts = pieces.join(" ").split(/ {2,}/);
    return parts.map((part) => polyline(part.trim(), at)).join("");
  });
  return `<svg viewBox="0 0 1000 ${height}" height="${height}" preserveAspectRatio="none" overflow="visible" fill="none" stroke-width="2">${drawn.join("")}</svg>`;
}

/** A value between two that are missing is a dot. */
function polyline(points: string, series: number): string {
  if (points === "") return "";
  const isAlone = !points.includes(" ");
  const shape = isAlone ? `points="${points} ${points}" stroke-linecap="round"` : `points="${points}"`;
  return `<polyline ${shape} ${lookOf(series).line} vector-effect="non-scaling-stroke"/>`;
}

/** Columns of a row stand side by side, from zero up or down. */
export function columns({ series, rows }: ChartData, { place, zero }: Marks): string {
  const group = 0.76 / rows.length;
  const width = group / series.length;
  return drawEach({ series, rows }, (row, value, at) => {
    const { x, y } = place(row, value);
    const size = `width="${percent(width * 0.9)}" height="${Math.round(Math.abs(y - zero) * 10) / 10}"`;
    return `<rect x="${percent(x - group / 2 + width * at)}" y="${Math.min(y, zero)}" ${size}/>`;
  });
}

export function points(data: Pick<ChartData, "series" | "rows">, { place }: Marks): string {
  return drawEach(data, (row, value, at) => {
    const { x, y } = place(row, value);
    if (lookOf(at).isRound) return `<circle cx="${percent(x)}" cy="${y}" r="4"/>`;
    return `<rect x="${percent(x)}" y="${y - 3.5}" width="7" height="7" transform="translate(-3.5)"/>`;
  });
}

type DrawMark = (row: number, value: number, series: number) => string;

/** A group a series, in which each of its values has a mark. */
function drawEach({ series, rows }: Pick<ChartData, "series" | "rows">, draw: DrawMark): string {
  const groups = series.map((_name, at) => {
    const marks = rows.map(({ values }, row) => (values[at] ? draw(row, values[at].number, at) : ""));
    return `<g ${lookOf(at).area}>${marks.join("")}</g>`;
  });
  return groups.join("");
}

/** From 0 to 1 to `0%` to `100%`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
