/** The contact form as it comes back: with what is wrong, or with the text when nothing can be stored. */
import { contactForm } from "../../../site/forms/contact-form.ts";
import type { FieldProblem } from "../../../site/forms/field.ts";
import { html } from "../../../site/html.ts";
import type { SiteManifest } from "../../../site/publish/manifest.ts";
import { unavailable } from "../http/problem.ts";
import { page } from "../http/respond.ts";

type Values = Readonly<{ name?: string; email?: string; message?: string }>;

export function invalidPage(values: Values, problems: readonly FieldProblem[]): Response {
  return page({
    status: 422,
    title: "Error: Contact",
    main: html`<h1>Contact</h1>\n${contactForm({ values, problems })}`,
  });
}

/** 503: the visitor has the text back, and another way to send it where the site has an e-mail. */
export function unavailablePage({ site }: SiteManifest, values: Values): Response {
  const mail = site.email && html` or write to <a href="mailto:${site.email}">${site.email}</a>`;
  return page({
    status: 503,
    title: "Error: Contact",
    headers: unavailable.headers,
    main: html`<h1>Your message could not be sent</h1>
<p>The mailbox of this site is out of order at the moment. Your text is still here: please send it again in a few minutes${mail}.</p>
${contactForm({ values })}`,
  });
}
