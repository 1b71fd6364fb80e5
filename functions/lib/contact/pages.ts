/** The contact form as it comes back: with what is wrong, or with the text when it could not be taken. */
import { contactForm } from "../../../site/forms/contact-form.ts";
import type { FieldProblem } from "../../../site/forms/field.ts";
import { type Html, html } from "../../../site/html.ts";
import type { SiteManifest } from "../../../site/publish/manifest.ts";
import type { Problem } from "../http/problem.ts";
import { page } from "../http/respond.ts";

export type Values = Readonly<{ name?: string; email?: string; message?: string }>;

export function invalidPage(values: Values, problems: readonly FieldProblem[]): Response {
  return page({
    status: 422,
    title: "Error: Contact",
    main: html`<h1>Contact</h1>\n${contactForm({ values, problems })}`,
  });
}

/** Headings for what stands between a message and its being taken, by status. */
const headings: Readonly<Record<number, string>> = {
  403: "Your browser has to do some work first",
  413: "Your message is too long",
  429: "Your message could not be taken yet",
};

/** The visitor has the text back, and another way to send it where the site has an e-mail. Tells the problem's own headers. */
export function givenBackPage({ site }: SiteManifest, { status, detail, headers }: Problem, values: Values): Response {
  return page({
    status,
    title: "Error: Contact",
    headers,
    main: html`<h1>${headings[status] ?? "Your message could not be sent"}</h1>
<div class="problem-summary" role="alert" tabindex="-1" autofocus>
<p>${detail} ${status === 413 ? "Your text is here as far as it was read." : "Your text is still here."}${site.email && html` You can also ${mailLink(site.email, values)}.`}</p>
</div>
${contactForm({ values })}`,
  });
}

/** What mail programs take of a link with certainty. */
const mailLinkMaxLength = 1_900;

/** With the text in it, unless it is too long for that. Only who posted a form gets to read the address. */
function mailLink(email: string, { message = "" }: Values): Html {
  const withText = `mailto:${email}?body=${encodeURIComponent(message.toWellFormed().replace(/\r?\n/g, "\r\n"))}`;
  const href = message !== "" && withText.length <= mailLinkMaxLength ? withText : `mailto:${email}`;
  return html`send it <a href="${href}">by e-mail to ${email}</a>`;
}
