/** The page for addresses that lead nowhere. */
import { type Html, html } from "../html.ts";
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/404.html",
  title: "There is no page here",
  isNotFound: true,
  // Shown at any address, under the policy of whichever part of the site that is: it carries nothing but what all pages do.
  noSignUp: true,
};

const newest = 5;

export function render({ model }: TemplateData): Html {
  const { listed, series } = model.blog;
  const latest = listed.slice(0, newest).map((post) => html`<li><a href="${post.url}">${post.title}</a></li>\n`);
  return html`<p class="deck">The address may be mistyped, or the page has gone.</p>
${latest.length > 0 && html`<h2>The newest articles</h2>\n<ul>${latest}</ul>\n`}<h2>Or look around</h2>
<ul><li><a href="/search/">Search</a></li>
<li><a href="/posts/">All articles by year</a></li>
<li><a href="/tags/">Articles by tag</a></li>
${series.length > 0 && html`<li><a href="/series/">Series</a></li>\n`}<li><a href="/">The first page</a></li>
<li><a href="/contact/">Write to me</a>, if a link led you here</li></ul>`;
}
