/** The page for addresses that lead nowhere. */
import { type Html, html } from "../html.ts";
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/404.html",
  title: "There is no page here",
  noIndex: true,
};

export function render({ model }: TemplateData): Html {
  const latest = model.blog.listed.slice(0, 3).map((post) => html`<li><a href="${post.url}">${post.title}</a></li>`);
  return html`<p class="deck">The address may be mistyped, or the page has gone.</p>
<p>The newest posts:</p>
<ul>${latest}</ul>
<p>Or see <a href="/posts/">everything that was written</a>, or the <a href="/tags/">tags</a>.</p>`;
}
