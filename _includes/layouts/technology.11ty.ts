/** Everything that was done with one technology: jobs, works, talks, posts. */
import { type Html, html } from "../../site/html.ts";
import type { TemplateData } from "../../site/template.ts";
import { achievementList } from "../parts/achievement-list.ts";
import { caseStudyList } from "../parts/case-study-list.ts";
import { jobList } from "../parts/job-list.ts";
import { postList } from "../parts/post-list.ts";
import { projectList } from "../parts/project-list.ts";
import { section } from "../parts/section.ts";
import { work } from "../parts/trails.ts";
import { base } from "./base.ts";

export default function technology({
  model,
  page,
  technologySlug,
}: TemplateData & { readonly technologySlug: string }): Html {
  const { name, about, home, ...uses } = model.technology(technologySlug);
  const { language } = model.blog.site;
  const description = about ?? `Jobs, projects, case studies, talks and articles with ${name}.`;
  const main = html`<div class="page"><h1>${name}</h1>
<p class="deck">${description}${home && html` <a href="${home}">Its home</a>`}</p>
${section("Case studies", caseStudyList(uses.caseStudies, language))}
${section("Projects", projectList(uses.projects))}
${section("Jobs", jobList(uses.experience))}
${section("Talks and more", achievementList(model.blog, uses.achievements))}
${section("Articles", uses.posts.length > 0 && html`<div class="h-feed">${postList(uses.posts, model.isPreview)}</div>`)}
<p class="more"><a href="/work/">All work</a></p></div>`;
  return base({
    model,
    url: page.url,
    title: name,
    description,
    pageType: "CollectionPage",
    trail: [work],
    main,
    styles: ["work", "list"],
  });
}
