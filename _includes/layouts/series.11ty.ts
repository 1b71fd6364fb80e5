/** The parts of one series, in the order in which to read them. */
import type { Post } from "../../site/content/blog.ts";
import { toDay, toIso } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";
import { creativeWorkSeries } from "../../site/publish/structured-data/post.ts";
import type { TemplateData } from "../../site/template.ts";
import { previewMark } from "../parts/post-meta.ts";
import { series as seriesTrail } from "../parts/trails.ts";
import { base } from "./base.ts";

export default function series({ model, url }: TemplateData & { readonly url: string }): Html {
  const whole = model.series(url);
  const { name, parts } = whole;
  const count = `${parts.length} part${parts.length === 1 ? "" : "s"}`;
  const main = html`<div class="page h-feed"><h1 class="p-name">${name}</h1>
<p class="deck">A series in ${count}. <a href="/series/">All series</a>, or <a href="${url}feed.xml">its feed</a></p>
<ol class="post-list">${parts.map((part) => partItem(part, model.isPreview))}</ol></div>`;
  const description = `A series in ${count}: ${parts.map(({ title }) => title).join("; ")}.`;
  const things = [creativeWorkSeries(model.blog, whole)];
  const head = { title: name, description, things, trail: [seriesTrail], feed: `${url}feed.xml` };
  return base({ ...head, model, url, main, styles: ["list"] });
}

function partItem(post: Post, isPreview: boolean): Html {
  const { url, title, description, published, series } = post;
  return html`<li class="h-entry" value="${series?.part}"><time class="dt-published" datetime="${toIso(published)}">Part ${series?.part}<br>${toDay(published)}</time><div><a class="p-name u-url" href="${url}">${title}</a>${isPreview && previewMark(post)}<p class="p-summary">${description}</p></div></li>
`;
}
