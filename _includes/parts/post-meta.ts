/** One line under a title: who where a name is known, date, reading time, changes, views. */
import type { Blog, Post } from "../../site/content/blog.ts";
import { toIso, toWords } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";

export function postMeta({ profile }: Blog, post: Post, isPreview: boolean): Html {
  const { published, updated, article } = post;
  return html`<p class="meta"><a class="p-author h-card" href="/about/"${!profile.name && html` hidden`}>${profile.name ?? profile.role}</a> <time class="dt-published" datetime="${toIso(published)}">${toWords(published)}</time> <span>${article.readingMinutes} min read</span>${updated && html` <span>updated <time class="dt-updated" datetime="${toIso(updated)}">${toWords(updated)}</time></span>`}${isPreview && previewMark(post)} <span class="views" data-views="${post.slug}"></span></p>`;
}

/** Marks what production would not show yet. */
export function previewMark(post: Post): Html | false {
  if (post.draft) return html` <strong class="mark">draft</strong>`;
  return post.published.toMillis() > Date.now() && html` <strong class="mark">scheduled</strong>`;
}
