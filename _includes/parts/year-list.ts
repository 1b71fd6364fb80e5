/** Years of the archive with how many posts each has, as links to where they begin. */
import { type Html, html } from "../../site/html.ts";
import type { ListPage } from "../../site/list-pages.ts";

/** `url` is the page that shows them. Nothing for a single year. */
export function yearList(archive: readonly ListPage[], url: string): Html | false {
  const years = yearsOf(archive);
  if (years.length < 2) return false;
  const items = years.map(
    ({ year, page, posts }) =>
      html`<li><a href="${page !== url && page}#year-${year}">${year}</a> <span>${posts}</span></li>`,
  );
  return html`<nav aria-label="Years"><ul class="tag-list">${items}</ul></nav>`;
}

interface Year {
  readonly year: number;
  /** Where it begins. */
  readonly page: string;
  /** Their number. */
  readonly posts: number;
}

/** By archive: every page of a long one shows the same years. */
const known = new WeakMap<readonly ListPage[], readonly Year[]>();

function yearsOf(archive: readonly ListPage[]): readonly Year[] {
  const before = known.get(archive);
  if (before) return before;
  const dated = archive.flatMap((page) => page.posts.map((post) => ({ year: post.published.year, page: page.url })));
  const years = [...Map.groupBy(dated, ({ year }) => year)].map(([year, posts]) => {
    return { year, page: posts[0]?.page ?? "", posts: posts.length };
  });
  known.set(archive, years);
  return years;
}
