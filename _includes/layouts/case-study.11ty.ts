/** A case study: what was wrong, what could have been done, what was built, and what it changed. What is not known is left out. */

import { type Html, type HtmlValue, html } from "../../site/html.ts";
import { caseStudyWork } from "../../site/publish/structured-data/work.ts";
import type { TemplateData } from "../../site/template.ts";
import { metricList } from "../parts/metric-list.ts";
import { relatedPosts, relatedWork } from "../parts/related-work.ts";
import { technologyList } from "../parts/technology-list.ts";
import { work } from "../parts/trails.ts";
import { base } from "./base.ts";

export default function caseStudy({ model, page, caseKey }: TemplateData & { readonly caseKey: string }): Html {
  const { blog } = model;
  const study = model.caseStudy(caseKey);
  const { title, problem, context, constraint, rejected, solution, result, differently } = study;
  const drawing = blog.drawings.get(caseKey);
  const main = html`<article class="page case"><h1>${title}</h1>
<p class="deck">${problem}</p>
${technologyList(study.technologies)}
${metricList(study.metrics, blog.site.language)}
${part("Context", context && html`<p>${context}</p>`)}
${part("Constraint", constraint && html`<p>${constraint}</p>`)}
${part(
  "Options rejected",
  rejected.length > 0 &&
    html`<dl>${rejected.map(({ option, reason }) => html`<dt>${option}</dt><dd>${reason}</dd>`)}</dl>`,
)}
${part("What was built", html`<p>${solution}</p>\n${drawing?.html}`)}
${part("Result", result && html`<p>${result}</p>`)}
${part("What I would do differently", differently && html`<p>${differently}</p>`)}
${part("Where it belongs", relatedWork(blog, study))}
${part("Written about it", relatedPosts(blog, study.posts))}
<p class="more"><a href="/work/">All work</a></p></article>`;
  return base({
    model,
    url: page.url,
    title,
    description: problem,
    main,
    styles: ["work", "list", ...(drawing?.needs ?? [])],
    things: [caseStudyWork(blog, study, model.cardOf(page.url))],
    trail: [work],
  });
}

function part(title: string, content: HtmlValue): Html | false {
  return Boolean(content) && html`<h2>${title}</h2>\n${content}\n`;
}
