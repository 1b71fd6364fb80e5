/** Every tag with its posts. */
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { postList } from "../parts/post-list.ts";
import { base } from "./base.ts";

export default function tags({ model, page, title, description }: LayoutData): Html {
  const main = html`<div class="page"><h1>${title}</h1>
${model.blog.tags.map(
  ({
    name,
    url,
    posts,
  }) => html`<section aria-labelledby="tag-${name}"><h2 id="tag-${name}"><a href="${url}">${name}</a></h2>
${postList(posts, model.isPreview)}</section>
`,
)}</div>`;
  return base({ model, url: page.url, title, description, main, styles: ["list"] });
}
