/** Posts as a dated list that scans in seconds: day left, title and one line right. */
import type { Post } from "../../site/content/blog.ts";
import { toDay, toIso } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";
import { previewMark } from "./post-meta.ts";

export function postList(posts: readonly Post[], isPreview: boolean): Html {
  return html`<ol class="post-list" reversed>${posts.map(
    (
      post,
    ) => html`<li class="h-entry"><time class="dt-published" datetime="${toIso(post.published)}">${toDay(post.published)}</time><div><a class="p-name u-url" href="${post.url}">${post.title}</a>${isPreview && previewMark(post)}<p class="p-summary">${post.description}</p></div></li>
`,
  )}</ol>`;
}
