/** Ways to follow and to write, at the end of every page. */
import type { Blog } from "../../site/content/blog.ts";
import { subscribeForm } from "../../site/forms/subscribe-form.ts";
import { type Html, html } from "../../site/html.ts";

/** `signUp` says whether the sign-up form is there too. */
export function siteFooter({ site, profile }: Blog, signUp: boolean): Html {
  return html`<footer class="site-footer">
${signUp && html`${signUpForm()}\n`}<p>${profile.name ?? site.title}. ${profile.role}.</p>
<ul>
<li><a href="/newsletter/">Newsletter</a></li>
<li><a href="/feed.xml">Feed</a></li>
<li><a href="/contact/">Contact</a></li>
<li><a href="/privacy/">Privacy</a></li>
<li><a href="/colophon/">Colophon</a></li>
${profile.profiles.map((link) => html`<li><a href="${link.url}" rel="me">${link.label}</a></li>`)}
${site.repository && html`<li><a href="${site.repository}">Source</a></li>`}
</ul>
</footer>`;
}

function signUpForm(): Html {
  return html`<div class="signup">
<p><strong>New posts by mail</strong> Each post or a digest. Leave with one press.</p>
${subscribeForm({ id: "signup" })}
</div>`;
}
