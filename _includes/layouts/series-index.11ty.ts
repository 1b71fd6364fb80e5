/** Every series. */
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { groupList } from "../parts/group-list.ts";
import { base } from "./base.ts";

export default function seriesIndex({ model, page, title, description }: LayoutData): Html {
  const groups = model.blog.series.map(({ name, url, parts }) => ({ name, url, posts: parts }));
  const main = html`<div class="page"><h1>${title}</h1>
<p class="deck">${description}</p>
${groupList(groups, "part")}</div>`;
  return base({ model, url: page.url, title, description, pageType: "CollectionPage", main, styles: ["list"] });
}
