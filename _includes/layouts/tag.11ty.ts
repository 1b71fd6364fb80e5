/** The posts of one tag. */
import { type Html, html } from "../../site/html.ts";
import type { TemplateData } from "../../site/template.ts";
import { postList } from "../parts/post-list.ts";
import { base } from "./base.ts";

export default function tag({ model, page, tagName }: TemplateData & { readonly tagName: string }): Html {
  const { name, posts } = model.tag(tagName);
  const title = `Posts about ${name}`;
  const count = `${posts.length} post${posts.length === 1 ? "" : "s"} about ${name}`;
  const main = html`<div class="page"><h1>${title}</h1>
<p class="deck">${count}. <a href="/tags/">All tags</a></p>
${postList(posts, model.isPreview)}</div>`;
  return base({
    model,
    url: page.url,
    title,
    description: `${count} on ${model.blog.site.title}.`,
    main,
    styles: ["list"],
  });
}
