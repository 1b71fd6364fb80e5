/** What the newsletter is, and its form. */
import { subscribeForm } from "../forms/subscribe-form.ts";
import { type Html, html } from "../html.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/newsletter/",
  title: "Newsletter",
  description: "New posts by mail: one mail a post, double opt-in, one press to leave.",
  styles: ["form"],
};

export function render(): Html {
  return html`<p class="deck">One mail for each new post. Nothing else, and never twice.</p>
${subscribeForm({ id: "subscribe" })}
<p class="hint">You get a mail with a button first; only that press subscribes you. Every mail has a link that ends it at once. What is stored is on the <a href="/privacy/">privacy page</a>.</p>
<p>Prefer a reader? There is a <a href="/feed.xml">full-text feed</a>.</p>`;
}
