/** The sign-up form with what a reader gets. */
import { subscribeForm } from "../../site/forms/subscribe-form.ts";
import { type Html, html } from "../../site/html.ts";

export function subscribeBox(): Html {
  return html`<section class="subscribe">
<h2>New posts by mail</h2>
<p>Each post or a digest. Leave with one press.</p>
${subscribeForm({ id: "subscribe" })}
</section>`;
}
