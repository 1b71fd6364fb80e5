/** The home page: who this is, what was built, what was written. */
import { mostRead } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";
import { postsAtHome } from "../../site/list-pages.ts";
import { webSite } from "../../site/publish/structured-data/page.ts";
import { person } from "../../site/publish/structured-data/person.ts";
import type { LayoutData } from "../../site/template.ts";
import { achievementList } from "../parts/achievement-list.ts";
import { caseStudyList } from "../parts/case-study-list.ts";
import { contactWays, proofs } from "../parts/contact-ways.ts";
import { jobList } from "../parts/job-list.ts";
import { ownerAddress } from "../parts/owner-card.ts";
import { postList } from "../parts/post-list.ts";
import { projectList } from "../parts/project-list.ts";
import { selectedWork } from "../parts/selected-work.ts";
import { base } from "./base.ts";

const popular = 3;

export default function home({ model, page }: LayoutData): Html {
  const { site, profile, projects, caseStudies, experience, listed } = model.blog;
  const recent = listed.slice(0, postsAtHome);
  const older = mostRead(model.blog).filter((post) => !recent.includes(post));
  const main = html`<div class="home">
<header class="hero h-card">
${profile.name && html`<p class="role p-job-title">${profile.role}</p>`}
<h1 class="p-name">${profile.name ?? profile.role}</h1>
<p class="statement p-note">${profile.headline}</p>
${ownerAddress}${contactWays(proofs, profile)}
</header>
${section("work", "Selected work", selectedWork(model.blog))}
${section(
  "writing",
  "Latest writing",
  html`<div class="h-feed">${postList(recent, model.isPreview)}</div>
<p class="more"><a href="/posts/">All ${listed.length} articles</a></p>`,
)}
${section("popular", "Popular", older.length > 0 && postList(older.slice(0, popular), model.isPreview))}
${section(
  "about",
  "About",
  html`${profile.about.map((paragraph) => html`<p>${paragraph}</p>`)}
<p class="more"><a href="/about/">More about me</a> · <a href="/cv/">Curriculum vitae</a></p>`,
)}
${section("experience", "Experience", jobList(experience))}
${section("case-studies", "Case studies", caseStudyList(caseStudies, site.language))}
${section("projects", "Projects", projectList(projects))}
${section("achievements", "Achievements", achievementList(model.blog))}
${section(
  "contact",
  "Contact",
  html`<p>You get an answer within 24 hours.</p>
<p class="more"><a href="/contact/">Write to me</a></p>`,
)}
</div>`;
  return base({
    model,
    url: page.url,
    title: site.title,
    description: profile.headline,
    main,
    styles: ["work", "list"],
    things: [webSite(site), person(model.blog)],
    manifest: true,
  });
}

/** A part of the page with its heading; nothing when there is nothing in it. */
function section(id: string, title: string, content: Html | false): Html | false {
  return (
    content &&
    html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<div>${content}</div></section>
`
  );
}
