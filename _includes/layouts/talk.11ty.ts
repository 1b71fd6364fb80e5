/** A talk: what it was about, where it was given, and what there is to look at. What is not known is left out. */
import { type Talk, whenOf } from "../../site/content/talks.ts";
import { type Html, html } from "../../site/html.ts";
import { talkThing } from "../../site/publish/structured-data/work.ts";
import type { TemplateData } from "../../site/template.ts";
import { relatedPosts } from "../parts/related-work.ts";
import { technologyList } from "../parts/technology-list.ts";
import { about } from "../parts/trails.ts";
import { base } from "./base.ts";

export default function talkPage({ model, url }: TemplateData & { readonly url: string }): Html {
  const { blog } = model;
  const talk = model.talk(url);
  const { title, detail, abstract, technologies } = talk;
  const posts = relatedPosts(blog, talk.posts);
  const main = html`<article class="page"><h1>${title}</h1>
<p class="deck">${abstract}</p>
${occasion(talk)}
${detail && html`<p>${detail}</p>`}
${technologyList(technologies)}
${materials(talk)}
${posts && html`<h2>Written about it</h2>\n${posts}`}
<p class="more"><a href="/about/">More about me</a></p></article>`;
  const things = [talkThing(blog.site, talk, model.cardOf(url))];
  return base({ model, url, title, description: abstract, main, styles: ["work", "list"], things, trail: [about] });
}

function occasion(talk: Talk): Html | false {
  const when = whenOf(talk);
  const where = [talk.event, talk.place].filter(Boolean).join(", ");
  const time = talk.date ? html`<time datetime="${talk.date}">${when}</time>` : when;
  if (!where && !when) return false;
  return html`<p class="meta">Talk${where && ` at ${where}`}${when && html`, ${time}`}</p>`;
}

function materials({ slides, video, url }: Talk): Html | false {
  const links = Object.entries({ Slides: slides, Video: video, Announcement: url }).flatMap(([label, address]) =>
    address ? [html`<li><a href="${address}">${label}</a></li>`] : [],
  );
  return links.length > 0 && html`<ul class="ways">${links}</ul>`;
}
