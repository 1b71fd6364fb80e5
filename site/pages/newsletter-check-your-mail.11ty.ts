/** Where the sign-up form leads, whatever the address. */
import { type Html, html } from "../html.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/newsletter/check-your-mail/",
  title: "Check your mail",
  noIndex: true,
  noSignUp: true,
};

export function render(): Html {
  return html`<p class="deck">A mail comes to you, usually within a minute. Open its link and press the button there, and you are subscribed.</p>
<p>Nothing there? Look into the spam folder. When many sign up at once, mails wait their turn. And an address gets one such mail a day, so asking again helps only tomorrow.</p>
<p><a href="/posts/">Read something in the meantime</a></p>`;
}
