/** Jobs, projects and posts that a work names, as links. */
import type { Blog } from "../../site/content/blog.ts";
import type { CaseStudy } from "../../site/content/case-studies.ts";
import { type Html, html } from "../../site/html.ts";
import { jobAnchor } from "./job-list.ts";
import { projectAnchor } from "./project-list.ts";
import { titleList } from "./title-list.ts";

export function relatedWork({ experience, projects }: Blog, study: CaseStudy): Html | false {
  const job = experience.find(({ key }) => key === study.experience);
  const project = projects.find(({ key }) => key === study.project);
  const items = [
    job && html`<li>Job: <a href="/about/#${jobAnchor(job.key)}">${job.company ?? job.team ?? job.title}</a></li>`,
    project && html`<li>Project: <a href="/work/#${projectAnchor(project.key)}">${project.title}</a></li>`,
  ].filter(Boolean);
  return items.length > 0 && html`<ul>${items}</ul>`;
}

/** Posts by their slugs, as far as they are public. */
export function relatedPosts({ listed }: Blog, slugs: readonly string[]): Html | false {
  const posts = slugs.flatMap((slug) => listed.find((post) => post.slug === slug) ?? []);
  return posts.length > 0 && titleList(posts);
}
