/** All posts by year. */
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { postList } from "../parts/post-list.ts";
import { tagList } from "../parts/tag-list.ts";
import { base } from "./base.ts";

export default function archive({ model, page, title, description }: LayoutData): Html {
  const { listed, tags } = model.blog;
  const years = [...Map.groupBy(listed, (post) => post.published.year)];
  const main = html`<div class="page"><h1>${title}</h1>
<p class="deck">${description}</p>
${tagList(tags)}
${years.map(
  ([year, ofYear]) => html`<section aria-labelledby="year-${year}"><h2 id="year-${year}">${year}</h2>
${postList(ofYear, model.isPreview)}</section>
`,
)}</div>`;
  return base({ model, url: page.url, title, description, main, styles: ["list"] });
}
