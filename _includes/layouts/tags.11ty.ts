/** Every tag with how many posts it has, and when the newest of them was written. */
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { groupList } from "../parts/group-list.ts";
import { base } from "./base.ts";

export default function tags({ model, page, title, description }: LayoutData): Html {
  const { tags, series } = model.blog;
  const orSeries = series.length > 0 && html` or <a href="/series/">all series</a>`;
  const main = html`<div class="page"><h1>${title}</h1>
<p class="deck">See also <a href="/posts/">all articles by year</a>${orSeries}.</p>
${groupList(tags)}</div>`;
  return base({ model, url: page.url, title, description, pageType: "CollectionPage", main, styles: ["list"] });
}
