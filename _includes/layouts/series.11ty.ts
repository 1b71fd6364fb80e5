/** The parts of one series, in the order in which to read them. */
import type { Post } from "../../site/content/blog.ts";
import { toDay, toIso } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";
import type { TemplateData } from "../../site/template.ts";
import { previewMark } from "../parts/post-meta.ts";
import { base } from "./base.ts";

export default function series({ model, url }: TemplateData & { readonly url: string }): Html {
  const { name, parts } = model.series(url);
  const count = `${parts.length} part${parts.length === 1 ? "" : "s"}`;
  const main = html`<div class="page"><h1>${name}</h1>
<p class="deck">A series in ${count}. <a href="/series/">All series</a>, or <a href="${url}feed.xml">its feed</a></p>
<ol class="post-list">${parts.map((part) => partItem(part, model.isPreview))}</ol></div>`;
  const description = `A series in ${count}: ${parts.map(({ title }) => title).join("; ")}.`;
  return base({ model, url, title: name, description, main, styles: ["list"], feed: `${url}feed.xml` });
}

function partItem(post: Post, isPreview: boolean): Html {
  const { url, title, description, published, series } = post;
  return html`<li value="${series?.part}"><time datetime="${toIso(published)}">Part ${series?.part}<br>${toDay(published)}</time><div><a href="${url}">${title}</a>${isPreview && previewMark(post)}<p>${description}</p></div></li>
`;
}
