/** Where the owner has worked. Facts that are not filled in are left out. */
import type { Experience } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

export function jobList(jobs: Experience): Html | false {
  if (jobs.length === 0) return false;
  return html`<ol class="jobs">${jobs.map(({ company, team, title, summary, highlights, technologies, from, to }) => {
    const years = [from, to].filter(Boolean).join(" – ");
    const meta = [title, company && team, years].filter(Boolean).join(", ");
    const technology = technologies.join(" · ");
    return html`<li><h3>${company ?? team}</h3>
${meta && html`<p class="meta">${meta}</p>`}
<p>${summary}</p>
<ul>${highlights.map((highlight) => html`<li>${highlight}</li>`)}</ul>
${technology && html`<p class="facts">${technology}</p>`}</li>
`;
  })}</ol>`;
}
