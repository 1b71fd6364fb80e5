/** Where an article stands in its series. */
import type { Post } from "../../site/content/blog.ts";
import type { Series } from "../../site/content/series.ts";
import { type Html, html } from "../../site/html.ts";

/** `series` is absent when no part of it is listed. */
export function seriesBox(post: Post, series: Series | undefined): Html | false {
  if (!post.series || !series) return false;
  const { name, url, parts } = series;
  const items = parts.map((part) =>
    part.slug === post.slug
      ? html`<li value="${part.series?.part}" aria-current="page">${part.title}</li>`
      : html`<li value="${part.series?.part}"><a href="${part.url}">${part.title}</a></li>`,
  );
  // Parts that are not listed count: nobody reads "part 3 of 2".
  const count = Math.max(post.series.part, parts.at(-1)?.series?.part ?? 1);
  return html`<nav class="series" aria-label="Series"><p>Part ${post.series.part} of ${count} in <a href="${url}">${name}</a></p>${parts.length > 1 && html`<ol>${items}</ol>`}</nav>`;
}
