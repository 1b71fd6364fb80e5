/** A plain page: a heading and what the page renders. */
import { type Html, html } from "../../site/html.ts";
import type { LayoutData } from "../../site/template.ts";
import { base } from "./base.ts";

export default function page(data: LayoutData): Html {
  const { model, page, title, description, noIndex, isNotFound, noSignUp, pageType, styles, content } = data;
  const script = data.script && model.assets[data.script];
  const main = html`<div class="page"><h1>${title}</h1>
${content}</div>`;
  const head = { title, description, noIndex, isNotFound, noSignUp, pageType, styles, script };
  return base({ model, url: page.url, ...head, main });
}
