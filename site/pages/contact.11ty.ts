/** Three ways to write, one of them a form. */
import { contactForm } from "../forms/contact-form.ts";
import { type Html, html } from "../html.ts";
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/contact/",
  title: "Contact",
  description: "Questions, offers, corrections: write here, and you get an answer within 24 hours.",
  pageType: "ContactPage",
  noSignUp: true,
  styles: ["form"],
  script: "formScript",
};

export function render({ model }: TemplateData): Html {
  const { email, whatsapp } = model.blog.profile;
  const ways = [
    whatsapp && html`<a href="https://wa.me/${whatsapp.slice(1)}">Write by WhatsApp</a>\n`,
    // The page's script writes the address; whoever runs none has the form.
    email && html`<a hidden data-mail="${btoa(email)}">Write by e-mail</a>\n`,
  ].filter(Boolean);
  return html`<p class="deck">You get an answer within 24 hours.</p>
${ways.length > 0 && html`<p class="form-ways">\n${ways}</p>\n`}${contactForm({})}
<p class="hint">What happens to a message is on the <a href="/privacy/">privacy page</a>.</p>`;
}
