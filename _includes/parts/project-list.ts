/** Projects: what it is, the figure that stands for it, what it was built with. */
import type { Projects } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

export function projectList(projects: Projects): Html | false {
  if (projects.length === 0) return false;
  return html`<ul class="projects">${projects.map(projectItem)}</ul>`;
}

function projectItem({ title, summary, figure, facts, technologies, links }: Projects[number]): Html {
  const details = [...facts, ...technologies].join(" · ");
  return html`<li>
<h3>${title}</h3>
<p>${summary}</p>
${figure && html`<p class="figure"><strong>${figure.value}</strong> ${figure.label}</p>`}
${details && html`<p class="facts">${details}</p>`}
${links.length > 0 && html`<p class="links">${links.map((link) => html`<a href="${link.url}">${link.label}</a> `)}</p>`}
</li>
`;
}
