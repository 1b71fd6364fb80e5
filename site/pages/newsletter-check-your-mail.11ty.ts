/** Where the sign-up form leads, whatever the address. */
import { type Html, html } from "../html.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/newsletter/check-your-mail/",
  title: "Check your mail",
  noIndex: true,
};

export function render(): Html {
  return html`<p class="deck">A mail is on its way to you. Press the button in it, and you are subscribed.</p>
<p>Nothing there after some minutes? Look into the spam folder, or <a href="/newsletter/">try again</a>: asking twice does no harm.</p>`;
}
