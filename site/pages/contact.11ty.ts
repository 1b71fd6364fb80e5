/** Three ways to write, one of them a form. */
import { contactForm } from "../forms/contact-form.ts";
import { type Html, html } from "../html.ts";
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/contact/",
  title: "Contact",
  description: "Write by form, e-mail or WhatsApp; you get an answer within 24 hours.",
  styles: ["form"],
};

export function render({ model }: TemplateData): Html {
  const { email, whatsapp } = model.blog.profile;
  const ways = [
    email && html`<li><a href="mailto:${email}">E-mail</a></li>`,
    whatsapp && html`<li><a href="https://wa.me/${whatsapp.slice(1)}">WhatsApp</a></li>`,
  ].filter(Boolean);
  return html`<p class="deck">You get an answer within 24 hours.</p>
${ways.length > 0 && html`<ul class="ways">${ways}</ul>`}
${contactForm({})}
<p class="hint">What happens to a message is on the <a href="/privacy/">privacy page</a>.</p>`;
}
