/** A problem as an answer, in the form that the client reads. */
import { html } from "../../../site/html.ts";
import { type Call, wantsJson } from "./call.ts";
import type { Problem } from "./problem.ts";
import { page, problemJson } from "./respond.ts";

/** A page, or `application/problem+json`. */
export function refusal({ request }: Call, problem: Problem): Response {
  if (wantsJson(request)) return problemJson(problem);
  const { status, title, detail, errors = [], headers } = problem;
  const list = errors.map((error) => html`<li>${error.detail}</li>\n`);
  const main = html`<h1>${title}</h1>
<p>${detail}</p>
${list.length > 0 && html`<ul>\n${list}</ul>\n`}<p><a href="/">To the first page</a></p>`;
  return page({ status, title, main, headers });
}
