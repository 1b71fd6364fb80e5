/** Awards, certifications, talks, open source and publications. */
import type { Achievements } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

export function achievementList(achievements: Achievements): Html | false {
  if (achievements.length === 0) return false;
  return html`<ul class="achievements">${achievements.map(achievementItem)}</ul>`;
}

function achievementItem({ kind, title, detail, when, url, expires, verify }: Achievements[number]): Html {
  return html`<li><span class="kind">${kind}</span> <div>${url ? html`<a href="${url}">${title}</a>` : title}${detail && html` <span class="detail">${detail}</span>`}${expires && html` <span class="detail">valid until ${expires}</span>`}${verify && html` <a href="${verify}">Check it</a>`}</div>${when && html` <span class="when">${when}</span>`}</li>
`;
}
