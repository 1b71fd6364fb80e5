/** The article before and the one after. */
import { type Blog, type Post, placeIn } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";

export function neighbours({ listed }: Blog, post: Post): Html | false {
  const at = placeIn(listed, post);
  if (at < 0) return false;
  const newer = listed[at - 1];
  const older = listed[at + 1];
  if (!newer && !older) return false;
  return html`<nav class="neighbours" aria-label="More posts">
${older && html`<a rel="prev" href="${older.url}"><span>Older</span> ${older.title}</a>`}
${newer && html`<a rel="next" href="${newer.url}"><span>Newer</span> ${newer.title}</a>`}
</nav>`;
}
