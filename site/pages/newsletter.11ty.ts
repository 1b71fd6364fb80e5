/** What the newsletter is, and its form. */
import type { Blog } from "../content/blog.ts";
import { subscribeForm } from "../forms/subscribe-form.ts";
import { type Html, html } from "../html.ts";
import { retention } from "../publish/retention.ts";
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/newsletter/",
  title: "Newsletter",
  description: "New posts by mail: all or some topics, each or as a digest. Double opt-in, one press to leave.",
  noSignUp: true,
  styles: ["form"],
  script: "formScript",
};

export function render({ model }: TemplateData): Html {
  return html`<p class="deck">New posts by mail. Nothing else, and never twice.</p>
${subscribeForm({ id: "subscribe", isSentInPlace: true })}
<h2>What comes</h2>
<ul>
<li>The whole article, or its beginning where it is long, with code and pictures, readable in any mail program.</li>
<li>${howOften(model.blog)} You can have a mail for each, one a week or one a month, pause it, and choose topics.</li>
<li>What was sent is here on the site: <a href="/posts/">all posts</a>. There is a <a href="/feed.xml">feed</a> with the same.</li>
</ul>
<h2>What is stored</h2>
<ul>
<li>Your address, what you chose, when you asked and confirmed, and a code of your network address as proof of that.</li>
<li>Not whether you open a mail or follow a link in it: no mail has a tracking picture, no link leads through somebody else.</li>
<li>A request that nobody confirms is deleted after ${retention.pendingSignUpDays} days. Erase everything yourself at any time. More on the <a href="/privacy/">privacy page</a>.</li>
</ul>`;
}

/** Counted back from the newest post, so that the page says the same until there is another. */
function howOften({ listed }: Blog): string {
  const mailed = listed.filter(({ newsletter }) => newsletter);
  const newest = mailed[0]?.published;
  if (!newest) return "There is no post yet.";
  const { length } = mailed.filter(({ published }) => published > newest.minus({ years: 1 }));
  const posts = length === 1 ? "One post" : `${length} posts`;
  return `${posts} in the year up to ${newest.toFormat("d LLLL yyyy")}.`;
}
