/** Case studies: problem, solution, and what changed in numbers. */
import type { CaseStudies, Metric } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";
import { caseAnchor } from "./selected-work.ts";

export function caseStudyList(studies: CaseStudies): Html | false {
  if (studies.length === 0) return false;
  return html`<ul class="case-studies">${studies.map(
    ({ key, title, problem, solution, result, metrics }) => html`<li id="${caseAnchor(key)}"><h3>${title}</h3>
<p>${problem}</p>
<p>${solution}${result && ` ${result}`}</p>
${metricList(metrics)}</li>
`,
  )}</ul>`;
}

/** Metrics whose value is not known are left out. */
function metricList(metrics: readonly Metric[]): Html | false {
  const known = metrics.filter((metric) => metric.after);
  if (known.length === 0) return false;
  return html`<dl class="metrics">${known.map(
    ({ label, before, after, unit, method }) =>
      html`<div><dt>${label}</dt><dd>${before && html`<span class="before">${before}</span> → `}${after}${unit && ` ${unit}`}${method && html` <small>${method}</small>`}</dd></div>`,
  )}</dl>`;
}
