/** Where an article stands in its series. */
import type { Post } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";

export function seriesBox(post: Post, parts: readonly Post[]): Html | false {
  if (!post.series || parts.length < 2) return false;
  const items = parts.map((part) =>
    part.slug === post.slug
      ? html`<li value="${part.series?.part}" aria-current="page">${part.title}</li>`
      : html`<li value="${part.series?.part}"><a href="${part.url}">${part.title}</a></li>`,
  );
  return html`<nav class="series" aria-label="Series"><p>Part ${post.series.part} of ${parts.length} in <em>${post.series.name}</em></p><ol>${items}</ol></nav>`;
}
