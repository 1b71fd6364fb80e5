/** Where the contact form leads. */
import { type Html, html } from "../html.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/contact/sent/",
  title: "Your message has arrived",
  noIndex: true,
};

export function render(): Html {
  return html`<p class="deck">It is stored and on its way. You get an answer within 24 hours.</p>
<p><a href="/posts/">Read something in the meantime</a> or go <a href="/">back to the start</a>.</p>`;
}
