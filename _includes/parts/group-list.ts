/** Tags or series as a dated list: the day of the newest post left, name and number of posts right. */
import type { Post } from "../../site/content/blog.ts";
import { toDay, toIso } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";

interface Group {
  readonly name: string;
  readonly url: string;
  readonly posts: readonly Post[];
}

/** `noun` is what one of the posts is called. */
export function groupList(groups: readonly Group[], noun = "post"): Html {
  return html`<ul class="post-list">${groups.map(
    (group) =>
      html`<li>${day(group.posts)}<div><a href="${group.url}">${group.name}</a><p>${group.posts.length} ${noun}${group.posts.length !== 1 && "s"}</p></div></li>
`,
  )}</ul>`;
}

function day(posts: readonly Post[]): Html | undefined {
  const newest = posts.map(({ published }) => published).toSorted((a, b) => b.toMillis() - a.toMillis())[0];
  return newest && html`<time datetime="${toIso(newest)}">${toDay(newest)}</time>`;
}
