/** Work, writing and the owner's addresses, as text. Addresses that are not filled in are left out. */
import type { Profile } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

export function contactWays({ profiles }: Profile): Html {
  return html`<ul class="ways"><li><a href="/posts/">Writing</a></li><li><a href="/contact/">Contact</a></li><li><a href="/newsletter/">Newsletter</a></li>${profiles.map((link) => html`<li><a class="u-url" href="${link.url}" rel="me">${link.label}</a></li>`)}</ul>`;
}
