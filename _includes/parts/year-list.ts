/** Years of the archive with how many posts each has, as links to where they begin. */
import { type Html, html } from "../../site/html.ts";
import type { ListPage } from "../../site/list-pages.ts";

/** `url` is the page that shows them. Nothing for a single year. */
export function yearList(archive: readonly ListPage[], url: string): Html | false {
  const dated = archive.flatMap((page) => page.posts.map((post) => ({ year: post.published.year, page: page.url })));
  const years = [...Map.groupBy(dated, ({ year }) => year)];
  if (years.length < 2) return false;
  const items = years.map(([year, posts]) => {
    const page = posts[0]?.page;
    return html`<li><a href="${page !== url && page}#year-${year}">${year}</a> <span>${posts.length}</span></li>`;
  });
  return html`<nav aria-label="Years"><ul class="tag-list">${items}</ul></nav>`;
}
