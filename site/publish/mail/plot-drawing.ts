/** A chart of lines, columns or points as one drawing of fixed width: the page's stretches to its place, and has its key as a list. */
import type { HTMLElement } from "node-html-parser";
import { escapeHtml } from "../../html.ts";
import { columnWidth } from "./palette.ts";
import { elementsOf, tagOf } from "./tree.ts";

export interface PlotDrawing {
  /** What stands within `<svg>`. */
  readonly content: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** Pixels beside the plot, for the numbers of its axis and for half a letter. */
const [left, right] = [52, 24];
const plotWidth = columnWidth - left - right;
const rowHeight = 22;

/** Absent when the figure holds no plot. */
export function plotDrawing(figure: HTMLElement): PlotDrawing | undefined {
  const svg = elementsOf(figure).find((child) => tagOf(child) === "svg");
  const plotHeight = Number(svg?.getAttribute("height"));
  if (!svg || !plotHeight) return undefined;
  const key = keyOf(figure);
  const { innerHTML } = svg;
  const size = `font-size="${svg.getAttribute("font-size")}" fill="${svg.getAttribute("fill")}"`;
  const plot = `<g transform="translate(${left} ${key.height + 4})">${withFixedWidth(innerHTML)}</g>`;
  return {
    content: `<g ${size}>${key.content}${plot}</g>`,
    width: columnWidth,
    height: key.height + plotHeight + 8,
    alt: svg.getAttribute("aria-label") ?? "Chart",
  };
}

/** Shares are of the plot's width; lines are in thousandths of it, for their picture stretches. */
function withFixedWidth(markup: string): string {
  const lines = markup.replace(/<svg viewBox="0 0 1000 [^>]*>(.*?)<\/svg>/gs, (_, shapes: string) => {
    const fixed = shapes.replace(/points="([^"]*)"/g, (_whole, points: string) => `points="${scaled(points)}"`);
    return `<g fill="none" stroke-width="2">${fixed}</g>`;
  });
  return lines.replace(/="([\d.]+)%"/g, (_, share: string) => `="${rounded((Number(share) * plotWidth) / 100)}"`);
}

function scaled(points: string): string {
  return points.replace(/(-?[\d.]+),/g, (_, x: string) => `${rounded((Number(x) * plotWidth) / 1000)},`);
}

function rounded(number: number): number {
  return Math.round(number * 10) / 10;
}

interface Key {
  readonly content: string;
  readonly height: number;
}

/** Samples with their names, in as many rows as they need; nothing for a single series. */
function keyOf(figure: HTMLElement): Key {
  let [x, row] = [left, 0];
  const items = figure.querySelectorAll(".key li").map((item) => {
    const name = item.text.trim();
    // Of the font that it is set in; a guess that is a little wide.
    const width = 36 + name.length * 7 + 20;
    if (x > left && x + width > columnWidth) [x, row] = [left, row + 1];
    const place = `translate(${x} ${row * rowHeight + 6})`;
    x += width;
    const sample = item.querySelector("svg")?.innerHTML ?? "";
    return `<g transform="${place}">${sample}<text x="36" y="10">${escapeHtml(name)}</text></g>`;
  });
  return items.length > 0 ? { content: items.join(""), height: (row + 1) * rowHeight + 6 } : { content: "", height: 0 };
}
