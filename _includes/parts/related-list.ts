/** Articles like the one that was read, each with the reason. */
import { type Html, html } from "../../site/html.ts";
import type { Related } from "../../site/publish/related.ts";

export function relatedList(related: readonly Related[]): Html | false {
  if (related.length === 0) return false;
  return html`<nav class="related" aria-labelledby="related"><h2 id="related">Read next</h2><ul>${related.map(
    ({ post, reason }) => html`<li><a href="${post.url}">${post.title}</a> <span>${reason}</span></li>\n`,
  )}</ul></nav>`;
}
