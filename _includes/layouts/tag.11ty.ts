/** The posts of one tag, page by page. */

import { isWorkedWith } from "../../site/content/technologies.ts";
import { type Html, html } from "../../site/html.ts";
import type { TemplateData } from "../../site/template.ts";
import { pageLinks, pageTitle } from "../parts/page-links.ts";
import { postList } from "../parts/post-list.ts";
import { tags } from "../parts/trails.ts";
import { base } from "./base.ts";

export default function tag({ model, url }: TemplateData & { readonly url: string }): Html {
  const page = model.tagPage(url);
  const { name, posts } = page.tag;
  const technology = model.blog.technologies.find((one) => one.slug === name && isWorkedWith(one));
  const title = pageTitle(`Posts about ${name}`, page);
  const count = `${posts.length} post${posts.length === 1 ? "" : "s"} about ${name}`;
  const main = html`<div class="page h-feed"><h1 class="p-name">${title}</h1>
<p class="deck">${count}. <a href="/tags/">All tags</a>, or <a href="${page.tag.url}feed.xml">its feed</a></p>
${technology && html`<p class="more">Jobs, works and talks with <a href="${technology.url}">${technology.name}</a></p>`}
${postList(page.posts, model.isPreview)}
${pageLinks(page)}</div>`;
  const where = page.number === 1 ? "" : `, page ${page.number} of ${page.count}`;
  const description = `${count} on ${model.blog.site.title}${where}.`;
  const trail = [tags, ...(page.number === 1 ? [] : [{ name, url: page.tag.url }])];
  const head = { title, description, pageType: "CollectionPage", trail, feed: `${page.tag.url}feed.xml` } as const;
  return base({ ...head, model, url, main, styles: ["list"] });
}
