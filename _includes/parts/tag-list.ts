/** Tags with how many posts each has. */
import type { Tag } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";

export function tagList(tags: readonly Tag[]): Html {
  return html`<ul class="tag-list">${tags.map(({ name, url, posts }) => html`<li><a href="${url}">${name}</a> <span>${posts.length}</span></li>`)}</ul>`;
}
