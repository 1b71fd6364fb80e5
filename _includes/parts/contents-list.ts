/** The article's headings, folded until wanted. */

import { type Html, html } from "../../site/html.ts";
import type { Heading } from "../../site/markdown/render.ts";

/** Nothing for an article of fewer than three sections. */
export function contentsList(headings: readonly Heading[]): Html | false {
  const sections = headings.filter((heading) => heading.level === 2);
  if (sections.length < 3) return false;
  return html`<details class="contents"><summary>Contents</summary><nav aria-label="Contents"><ol>${sections.map((section) => html`<li><a href="#${section.id}">${section.text}</a></li>`)}</ol></nav></details>`;
}
