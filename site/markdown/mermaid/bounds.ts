/** How far a drawing reaches, and its numbers in no more digits than anyone sees. */
import type { HTMLElement } from "node-html-parser";

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function emptyBounds(): Bounds {
  return { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
}

export function include(bounds: Bounds, x: number, y: number): void {
  bounds.left = Math.min(bounds.left, x);
  bounds.top = Math.min(bounds.top, y);
  bounds.right = Math.max(bounds.right, x);
  bounds.bottom = Math.max(bounds.bottom, y);
}

export function boundsOf(shape: HTMLElement, bounds: Bounds): void {
  const [x, y, width, height, cx, cy] = ["x", "y", "width", "height", "cx", "cy"].map((key) => number(shape, key));
  const rx = number(shape, "r") || number(shape, "rx");
  const ry = number(shape, "r") || number(shape, "ry");
  const name = shape.rawTagName;
  if (name === "rect") spread(bounds, [x ?? 0, y ?? 0, (x ?? 0) + (width ?? 0), (y ?? 0) + (height ?? 0)]);
  else if (name === "line")
    spread(
      bounds,
      ["x1", "y1", "x2", "y2"].map((key) => number(shape, key)),
    );
  else if (shape.getAttribute("points")) spread(bounds, numbers(shape.getAttribute("points") ?? ""));
  else spread(bounds, [(cx ?? 0) - rx, (cy ?? 0) - ry, (cx ?? 0) + rx, (cy ?? 0) + ry]);
}

export function number(element: HTMLElement, key: string): number {
  return Number(element.getAttribute(key)) || 0;
}

/** To a tenth of a pixel. */
export function rounded(value: string | number): string {
  return String(value).replace(/-?\d+\.\d+(?:e-?\d+)?/g, (one) => String(Math.round(Number(one) * 10) / 10));
}

function numbers(points: string): readonly number[] {
  return points
    .trim()
    .split(/[\s,]+/)
    .map(Number);
}

/** Numbers are x, y, x, y … */
function spread(bounds: Bounds, places: readonly number[]): void {
  for (let at = 0; at + 1 < places.length; at += 2) include(bounds, places[at] ?? 0, places[at + 1] ?? 0);
}
