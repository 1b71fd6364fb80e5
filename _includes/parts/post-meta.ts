/** One line under a title: date, reading time, changes, views. */
import type { Post } from "../../site/content/blog.ts";
import { toIso, toWords } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";

export function postMeta(post: Post, isPreview: boolean): Html {
  const { published, updated, article } = post;
  return html`<p class="meta"><time datetime="${toIso(published)}">${toWords(published)}</time> <span>${article.readingMinutes} min read</span>${updated && html` <span>updated <time datetime="${toIso(updated)}">${toWords(updated)}</time></span>`}${isPreview && previewMark(post)} <span class="views" data-views="${post.slug}"></span></p>`;
}

/** Marks what production would not show yet. */
export function previewMark(post: Post): Html | false {
  if (post.draft) return html` <strong class="mark">draft</strong>`;
  return post.published.toMillis() > Date.now() && html` <strong class="mark">scheduled</strong>`;
}
