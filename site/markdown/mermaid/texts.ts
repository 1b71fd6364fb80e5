/** Texts of a drawing: each line of a label by itself, in the page's type and colours. */
import type { HTMLElement } from "node-html-parser";
import { escapeHtml } from "../../html.ts";
import { type Bounds, include, number, rounded } from "./bounds.ts";
import { decodeLabel } from "./labels.ts";
import type { Piece } from "./lean-svg.ts";

/** Text is as wide as this share of its size for each character, about. */
const characterWidth = 0.58;

export function textsOf(text: HTMLElement, bounds: Bounds): readonly Piece[] {
  const size = number(text, "font-size");
  const x = number(text, "x");
  const lines = linesOf(text);
  if (isPlaceholder(text)) return [];
  let y = number(text, "y");
  return lines.map((line) => {
    y += line.dy.endsWith("em") ? Number.parseFloat(line.dy) * size : Number(line.dy) || 0;
    const content = decodeLabel(line.text);
    includeText(bounds, { x, y, size, length: content.length, anchor: text.getAttribute("text-anchor") });
    return {
      look: lookOf(text, size),
      markup: `<text x="${rounded(x)}" y="${rounded(y)}">${escapeHtml(content)}</text>`,
    };
  });
}

/** In a box of which nothing is known but its name. */
function isPlaceholder(text: HTMLElement): boolean {
  return text.text === "(no attributes)" && text.getAttribute("font-style") === "italic";
}

interface Line {
  readonly text: string;
  readonly dy: string;
}

/** A label of several lines has an element with a place for each; others hold pieces in other colours. */
function linesOf(text: HTMLElement): readonly Line[] {
  const spans = text.querySelectorAll("tspan").filter((span) => span.getAttribute("x"));
  const lines = spans.length > 0 ? spans : [text];
  return lines.map((line) => ({ text: line.text, dy: line.getAttribute("dy") ?? "0" }));
}

function lookOf(text: HTMLElement, size: number): string {
  const anchor = text.getAttribute("text-anchor") ?? "start";
  const look = [`font-size="${size}"`];
  if (anchor !== "start") look.push(`text-anchor="${anchor}"`);
  const isStrong = text.getAttribute("fill") === "var(--_text)" || /\bmono\b/.test(text.getAttribute("class") ?? "");
  if (!isStrong) look.push('fill="var(--quiet,currentColor)"');
  if (Number(text.getAttribute("font-weight")) >= 600) look.push('font-weight="600"');
  if (/\bmono\b/.test(text.getAttribute("class") ?? "")) look.push('font-family="var(--mono,monospace)"');
  // The text of a message may lie on lines that it is not about.
  if (text.parentNode?.classNames === "message")
    look.push('stroke="var(--paper,none)" stroke-width="4" paint-order="stroke"');
  for (const key of ["font-style", "text-decoration"]) {
    const value = text.getAttribute(key);
    if (value) look.push(`${key}="${value}"`);
  }
  return look.join(" ");
}

interface Extent {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly length: number;
  readonly anchor: string | undefined;
}

function includeText(bounds: Bounds, { x, y, size, length, anchor }: Extent): void {
  const width = length * size * characterWidth;
  const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
  include(bounds, left, y - size);
  include(bounds, left + width, y + size * 0.3);
}
