/** Three works at a glance: the problem, and the number that changed. */
import type { Blog } from "../../site/content/blog.ts";
import type { Metric } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

interface Work {
  readonly title: string;
  readonly line: string;
  readonly metric: Metric | undefined;
  /** Place on this page that says more. */
  readonly anchor: string | undefined;
}

const most = 3;

/** Case studies first: they know the problem. Projects that are marked as selected fill what is left. */
export function selectedWork({ caseStudies, projects }: Blog): Html | false {
  const told = new Set(caseStudies.map(({ project }) => project));
  const works: readonly Work[] = [
    ...caseStudies.map(({ key, title, problem, metrics }) => ({
      title,
      line: problem,
      metric: metrics.find(({ after }) => after),
      anchor: caseAnchor(key),
    })),
    ...projects
      .filter(({ key, selected }) => selected && !told.has(key))
      .map(({ title, summary, figure }) => ({
        title,
        line: summary,
        metric: figure ? { label: figure.label, after: figure.value, confidential: false } : undefined,
        anchor: undefined,
      })),
  ].slice(0, most);
  return works.length > 0 && html`<ol class="works">${works.map(workItem)}</ol>`;
}

/** Id of a case study on the home page. */
export function caseAnchor(key: string): string {
  return `case-${key}`;
}

function workItem({ title, line, metric, anchor }: Work): Html {
  return html`<li>
<p>${metric && html`<span class="number">${metric.before && html`<span class="before">${metric.before} →</span> `}${metric.after}${metric.unit && ` ${metric.unit}`}</span> <span class="label">${metric.label}</span>`}</p>
<div><h3>${anchor ? html`<a href="#${anchor}">${title}</a>` : title}</h3>
<p>${line}</p></div>
</li>
`;
}
