/** The sign-up form with what a reader gets. */
import { subscribeForm } from "../../site/forms/subscribe-form.ts";
import { type Html, html } from "../../site/html.ts";

export function subscribeBox(): Html {
  return html`<section class="subscribe" aria-labelledby="subscribe-title">
<h2 id="subscribe-title">New posts by mail</h2>
<p>Each post or a digest, nothing else. Leave with one press.</p>
${subscribeForm({ id: "subscribe" })}
</section>`;
}
