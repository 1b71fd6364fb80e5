/** A diagram on the page: named, in a box that scrolls where it must, with its caption. */
import { type Html, html, trusted } from "../../html.ts";
import { boxAttributes } from "../boxes.ts";
import type { RenderEnv } from "../render.ts";
import type { LeanSvg } from "./lean-svg.ts";

interface Words {
  /** For those who cannot see it; absent by mistake only. */
  readonly title: string | undefined;
  readonly caption: string | undefined;
  readonly description: string | undefined;
}

/** Pixels of the page for one of the library's, whose letters are small. */
const scale = 1.15;
const margin = 2;

export function diagramFigure({ content, bounds }: LeanSvg, words: Words, env: RenderEnv): string {
  const { title, caption, description } = words;
  env.needs.add("rare");
  const box = trusted(boxAttributes(env, "Diagram", title));
  const [left, top] = [Math.floor(bounds.left) - margin, Math.floor(bounds.top) - margin];
  const [width, height] = [Math.ceil(bounds.right) + margin - left, Math.ceil(bounds.bottom) + margin - top];
  const shown = Math.round(width * scale);
  const size = html`viewBox="${left} ${top} ${width} ${height}" width="${shown}" height="${Math.round(height * scale)}"`;
  const says = description && html`<desc>${description}</desc>`;
  const svg = html`<svg${sizeClass(shown)} ${size} role="img" aria-label="${title}" fill="currentColor">${says}${trusted(content)}</svg>`;
  return html`<figure class="drawing"><div ${box}>${svg}</div>${caption && html`<figcaption>${caption}</figcaption>`}</figure>
`.markup;
}

/** How far a drawing may shrink before it scrolls: by a quarter, about. The widths are those of styles/drawing.css. */
function sizeClass(width: number): Html | "" {
  const name = width <= 440 ? "" : width <= 600 ? "medium" : width <= 800 ? "large" : "huge";
  return name && html` class="${name}"`;
}
