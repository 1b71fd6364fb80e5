/** What an article was tested with, and what was mended in it. */

import type { Post } from "../../site/content/blog.ts";
import { toIso, toWords } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";

export function articleNotes({ testedWith, corrections }: Post): Html | false {
  if (testedWith.length + corrections.length === 0) return false;
  const list = corrections.map(
    ({ date, text }) => html`<li><time datetime="${toIso(date)}">${toWords(date)}</time>: ${text}</li>\n`,
  );
  return html`<section class="notes" aria-label="About this article">
${testedWith.length > 0 && html`<p>Tested with ${testedWith.join(", ")}.</p>`}
${corrections.length > 0 && html`<p>Corrections:</p><ul>${list}</ul>`}
</section>`;
}
