/** Where the owner has worked. Facts that are not filled in are left out. */
import type { Experience } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";
import { technologyList } from "./technology-list.ts";

export function jobList(jobs: Experience): Html | false {
  if (jobs.length === 0) return false;
  return html`<ol class="jobs">${jobs.map(jobItem)}</ol>`;
}

/** Id of a job in its page. */
export function jobAnchor(key: string): string {
  return `job-${key}`;
}

function jobItem({ key, company, team, title, summary, highlights, technologies, from, to }: Experience[number]): Html {
  const years = [from, to].filter(Boolean).join(" – ");
  const meta = [company || team ? title : undefined, company && team, years].filter(Boolean).join(", ");
  return html`<li id="${jobAnchor(key)}"><h3>${company ?? team ?? title}</h3>
${meta && html`<p class="meta">${meta}</p>`}
<p>${summary}</p>
${highlights.length > 0 && html`<ul>${highlights.map((highlight) => html`<li>${highlight}</li>`)}</ul>`}
${technologyList(technologies)}</li>
`;
}
