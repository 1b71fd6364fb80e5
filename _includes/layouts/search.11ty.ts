/** A search field, and everything by year and tag for those who would rather look, or have no JavaScript. */
import type { Post } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { tagList } from "../parts/tag-list.ts";
import { titleList } from "../parts/title-list.ts";
import { base } from "./base.ts";

export default function search({ model, page, title, description, styles, pageType }: LayoutData): Html {
  const { listed, tags } = model.blog;
  const years = [...Map.groupBy(listed, (post) => post.published.year)];
  const main = html`<div class="page"><h1>${title}</h1>
<form class="search form" role="search" action="/search/">
<div class="field"><label for="q">Words in any article</label>
<input type="search" id="q" name="q" autocomplete="off" spellcheck="false"></div>
<button class="button" type="submit">Search</button>
</form>
<noscript><p class="hint">Searching needs JavaScript. Below is everything, by tag and by year.</p></noscript>
<h2>By tag</h2>
${tagList(tags)}
${years.map(([year, posts]) => yearSection(year, posts))}</div>`;
  return base({ model, url: page.url, title, description, styles, pageType, main });
}

function yearSection(year: number, posts: readonly Post[]): Html {
  return html`<h2 id="year-${year}">${year}</h2>
${titleList(posts)}
`;
}
