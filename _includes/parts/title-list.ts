/** Posts by their titles alone. */
import type { Post } from "../../site/content/blog.ts";
import { toDay, toIso } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";

export function titleList(posts: readonly Post[]): Html {
  return html`<ul class="titles">${posts.map(
    ({
      url,
      title,
      published,
    }) => html`<li><a href="${url}">${title}</a> <time datetime="${toIso(published)}">${toDay(published)}</time></li>
`,
  )}</ul>`;
}
