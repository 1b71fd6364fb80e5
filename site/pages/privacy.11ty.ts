/** What the site stores about its visitors. */
import { type Html, html } from "../html.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/privacy/",
  title: "Privacy",
  description: "What this site stores, for how long, and how to have it erased.",
};

export function render(): Html {
  return html`<p class="deck">No cookies, no third parties, no tracking. This is everything that is stored.</p>
<h2>When you read</h2>
<p>An article counts how often it was read. For that, a random number of the day, the first part of your network address and the name of your browser are mixed into a code that cannot be turned back. The code is deleted within two days and the random number with it; only a count per article stays. Browsers that send “Do Not Track” or “Global Privacy Control” are not counted, and nothing of them is stored. The theme that you choose stays in your browser.</p>
<h2>When you write</h2>
<p>The contact form stores your name, your e-mail address and your message, and mails them to the owner of this site. They are used to answer you and for nothing else.</p>
<h2>When you subscribe</h2>
<p>The newsletter stores your e-mail address, and when you asked for it and confirmed it. A request that is not confirmed is deleted after seven days. Every mail has a link to leave, and the page behind it has a button that erases your address. A code made from the address stays, so that nobody can put it on the list again by import; it does not tell the address.</p>
<h2>Questions</h2>
<p>Use the <a href="/contact/">contact form</a>.</p>`;
}
