/** What the site stores about its visitors. */
import { type Html, html } from "../html.ts";
import { privacyNotes } from "../publish/privacy.ts";
import { retention } from "../publish/retention.ts";
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/page.11ty.ts",
  permalink: "/privacy/",
  title: "Privacy",
  description: "What this site stores, why, for how long, and how to have it erased.",
};

export function render({ model }: TemplateData): Html {
  const { profile, site } = model.blog;
  return html`<p class="deck">No cookies, no trackers, nothing loaded from elsewhere. This is everything that is stored about you.</p>
${privacyNotes({ ...retention, contactKeepDays: site.contactKeepDays ?? retention.contactKeepDays })}<h2>Questions</h2>
<p>${profile.name ?? `The owner of ${site.title}`} answers for this site: <a href="/contact/">write</a> by form, or as it says there.</p>`;
}
