/** Three works at a glance: the problem, and the number that changed. */
import type { Blog } from "../../site/content/blog.ts";
import { caseStudyUrl } from "../../site/content/case-studies.ts";
import { isKnown, type KnownMetric } from "../../site/content/metrics.ts";
import { type Html, html } from "../../site/html.ts";
import { headline } from "./metric-list.ts";

interface Work {
  readonly title: string;
  readonly line: string;
  readonly metric: KnownMetric | undefined;
  /** Address of the page that says more. */
  readonly url: string | undefined;
}

const most = 3;

/** Case studies first: they know the problem. Projects that are marked as selected fill what is left. */
export function selectedWork({ caseStudies, projects, site }: Blog): Html | false {
  const told = new Set(caseStudies.map(({ project }) => project));
  const works: readonly Work[] = [
    ...caseStudies.map(({ key, title, problem, metrics }) => ({
      title,
      line: problem,
      metric: metrics.find(isKnown),
      url: caseStudyUrl(key),
    })),
    ...projects
      .filter(({ key, selected }) => selected && !told.has(key))
      .map(({ title, summary, figure }) => ({
        title,
        line: summary,
        metric: figure ? { label: figure.label, after: figure.value, confidential: false } : undefined,
        url: undefined,
      })),
  ].slice(0, most);
  return works.length > 0 && html`<ol class="works">${works.map((work) => workItem(work, site.language))}</ol>`;
}

function workItem({ title, line, metric, url }: Work, language: string): Html {
  return html`<li>
${metric && html`<p><span class="number">${headline(metric, language)}</span> <span class="label">${metric.label}</span></p>`}
<div><h3>${url ? html`<a href="${url}">${title}</a>` : title}</h3>
<p>${line}</p></div>
</li>
`;
}
