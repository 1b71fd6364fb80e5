/** Projects: what it is, the figure that stands for it, what it was built with. */
import type { Projects } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";
import { technologyList } from "./technology-list.ts";

export function projectList(projects: Projects): Html | false {
  if (projects.length === 0) return false;
  return html`<ul class="projects">${projects.map(projectItem)}</ul>`;
}

/** Id of a project in its page. */
export function projectAnchor(key: string): string {
  return `project-${key}`;
}

function projectItem({ key, title, summary, figure, facts, technologies, links }: Projects[number]): Html {
  return html`<li id="${projectAnchor(key)}" data-technologies="${technologies.join(",")}">
<h3>${title}</h3>
<p>${summary}</p>
${figure && html`<p class="figure"><strong>${figure.value}</strong> ${figure.label}</p>`}
${technologyList(technologies, facts)}
${links.length > 0 && html`<p class="links">${links.map((link) => html`<a href="${link.url}">${link.label}</a> `)}</p>`}
</li>
`;
}
