/** The way through the pages of a long list. */
import { type Html, html } from "../../site/html.ts";
import type { ListPage } from "../../site/list-pages.ts";

/** Nothing for a list of one page. */
export function pageLinks({ number, count, newer, older }: ListPage): Html | false {
  if (count === 1) return false;
  return html`<nav class="pages" aria-label="Pages">
${newer && html`<a rel="prev" href="${newer}">Newer posts</a>`}
<span>Page ${number} of ${count}</span>
${older && html`<a rel="next" href="${older}">Older posts</a>`}
</nav>`;
}

/** A list's title with the number of the page, from the second page on. */
export function pageTitle(title: string, { number }: ListPage): string {
  return number === 1 ? title : `${title}, page ${number}`;
}
