/** Case studies, projects and talks that name an article: where it comes from. */
import type { Blog, Post } from "../../site/content/blog.ts";
import { caseStudyUrl } from "../../site/content/case-studies.ts";
import { isTalk, talkUrl } from "../../site/content/talks.ts";
import { type Html, html } from "../../site/html.ts";
import { projectAnchor } from "./project-list.ts";

export function postWork({ caseStudies, projects, achievements }: Blog, { slug }: Post): Html | false {
  const about = ({ posts }: { readonly posts: readonly string[] }) => posts.includes(slug);
  const works = [
    ...caseStudies.filter(about).map(({ key, title }) => ({ title, url: caseStudyUrl(key) })),
    ...projects.filter(about).map(({ key, title }) => ({ title, url: `/work/#${projectAnchor(key)}` })),
    ...achievements.filter(about).map((one) => ({ title: one.title, url: isTalk(one) ? talkUrl(one) : "/about/" })),
  ];
  const links = works.map(({ title, url }, at) => html`${at > 0 && " · "}<a href="${url}">${title}</a>`);
  return links.length > 0 && html`<p class="facts">From my work: ${links}</p>\n`;
}
