/** An article. */
import { tagUrl } from "../../site/content/blog.ts";
import { seriesOf } from "../../site/content/series.ts";
import { type Html, html } from "../../site/html.ts";
import { postImage } from "../../site/publish/cards.ts";
import { twinUrl } from "../../site/publish/markdown-twin.ts";
import { blogPosting } from "../../site/publish/structured-data/post.ts";
import type { TemplateData } from "../../site/template.ts";
import { articleNotes } from "../parts/article-notes.ts";
import { contentsList } from "../parts/contents-list.ts";
import { neighbours } from "../parts/neighbours.ts";
import { postMeta } from "../parts/post-meta.ts";
import { postWork } from "../parts/post-work.ts";
import { relatedList } from "../parts/related-list.ts";
import { seriesBox } from "../parts/series-box.ts";
import { subscribeBox } from "../parts/subscribe-box.ts";
import { writing } from "../parts/trails.ts";
import { base } from "./base.ts";

type PostPage = TemplateData & {
  readonly slug: string;
  /** Stands above everything else. */
  readonly notice?: Html;
};

export default function post({ model, page, slug, notice }: PostPage): Html {
  const { blog, assets, isPreview } = model;
  const entry = model.post(slug);
  const hasPairs = [...entry.pictures.values()].some((picture) => picture.dark);
  const main = html`<article class="post h-entry">
${notice}
<header class="post-header">
<h1 class="p-name">${entry.title}</h1>
<p class="deck p-summary">${entry.description}</p>
${postMeta(blog, entry, isPreview)}
<data class="u-url" value="${entry.url}"></data></header>
${seriesBox(entry, seriesOf(blog, entry))}
<div class="body">
${entry.toc && contentsList(entry.article.headings)}
${hasPairs && html`<script>${assets.pairScript.content}</script>`}
<div class="prose e-content">
${entry.pageHtml ?? entry.article.html}</div>
</div>
${articleNotes(entry)}
<footer class="post-footer">
${entry.tags.length > 0 && html`<p class="tags">${entry.tags.map((tag) => html`<a class="p-category" href="${tagUrl(tag)}">${tag}</a> `)}</p>`}
${postWork(blog, entry)}${relatedList(model.relatedTo(entry))}
${neighbours(blog, entry)}
${subscribeBox()}
</footer>
</article>`;
  return base({
    model,
    url: page.url,
    title: entry.title,
    description: entry.description,
    article: { published: entry.published, updated: entry.updated },
    noIndex: entry.unlisted || entry.draft,
    twin: twinUrl(entry),
    canonical: entry.canonical,
    language: entry.language,
    image: entry.preview && {
      ...entry.preview,
      url: new URL(entry.preview.image, blog.site.url + entry.url).href,
    },
    things: [blogPosting(blog, entry, postImage(blog, entry, model.cards))],
    trail: [writing],
    noSignUp: true,
    styles: ["prose", "signup", ...entry.article.needs],
    main,
  });
}
