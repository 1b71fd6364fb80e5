/** Awards, certifications, talks, open source and publications. */
import type { Achievements } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

export function achievementList(achievements: Achievements): Html | false {
  if (achievements.length === 0) return false;
  return html`<ul class="achievements">${achievements.map(
    ({
      kind,
      title,
      detail,
      when,
      url,
    }) => html`<li><span class="kind">${kind}</span> <div>${url ? html`<a href="${url}">${title}</a>` : title}${detail && html` <span class="detail">${detail}</span>`}</div>${when && html` <span class="when">${when}</span>`}</li>
`,
  )}</ul>`;
}
