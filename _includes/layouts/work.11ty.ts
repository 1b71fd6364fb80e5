/** Projects and case studies, narrowed to a technology by links that lead to its page, or in place with JavaScript. */
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { caseStudyList } from "../parts/case-study-list.ts";
import { projectList } from "../parts/project-list.ts";
import { section } from "../parts/section.ts";
import { base } from "./base.ts";

export default function work({ model, page, title, description }: LayoutData): Html {
  const { caseStudies, projects, technologies, site } = model.blog;
  const used = technologies.filter((one) => one.projects.length + one.caseStudies.length > 0);
  const main = html`<div class="page"><h1>${title}</h1>
<p class="deck">${description}</p>
${
  used.length > 0 &&
  html`<nav class="technologies" aria-label="Technologies"><ul class="ways"><li><a href="/work/" data-technology aria-current="true">All</a></li>${used.map(({ name, url }) => html`<li><a href="${url}" data-technology="${name}">${name}</a></li>`)}</ul></nav>
<div role="status" class="visually-hidden"></div>`
}
${section("Case studies", caseStudyList(caseStudies, site.language))}
${section("Projects", projectList(projects))}</div>`;
  return base({
    model,
    url: page.url,
    title,
    description,
    main,
    pageType: "CollectionPage",
    styles: ["work"],
    script: model.assets.workScript,
  });
}
