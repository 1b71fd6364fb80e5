/** Names of technologies, each a link to everything that was done with it. */
import { technologyUrl } from "../../site/content/technologies.ts";
import { type Html, html } from "../../site/html.ts";

/** `facts` stand before the names, as plain text. */
export function technologyList(technologies: readonly string[], facts: readonly string[] = []): Html | false {
  if (technologies.length + facts.length === 0) return false;
  const items = [...facts, ...technologies.map((name) => html`<a href="${technologyUrl(name)}">${name}</a>`)];
  return html`<p class="facts">${items.map((item, at) => html`${at > 0 && " · "}${item}`)}</p>`;
}
