/** Case studies in short: the problem, and what changed in numbers. Each has a page of its own. */
import { type CaseStudy, caseStudyUrl } from "../../site/content/case-studies.ts";
import { type Html, html } from "../../site/html.ts";
import { metricList } from "./metric-list.ts";
import { technologyList } from "./technology-list.ts";

export function caseStudyList(studies: readonly CaseStudy[], language: string): Html | false {
  if (studies.length === 0) return false;
  return html`<ul class="case-studies">${studies.map(
    ({
      key,
      title,
      problem,
      metrics,
      technologies,
    }) => html`<li data-technologies="${technologies.join(",")}"><h3><a href="${caseStudyUrl(key)}">${title}</a></h3>
<p>${problem}</p>
${metricList(metrics, language)}
${technologyList(technologies)}</li>
`,
  )}</ul>`;
}
