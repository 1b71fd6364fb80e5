/** Awards, certifications, talks, open source and publications. A talk of which more is known leads to its page. */
import type { Blog } from "../../site/content/blog.ts";
import type { Achievements } from "../../site/content/schemas.ts";
import { isTalk, talkUrl, whenOf } from "../../site/content/talks.ts";
import { type Html, html } from "../../site/html.ts";
import { technologyList } from "./technology-list.ts";

type Achievement = Achievements[number];

/** All of the blog's, or `some` of them. */
export function achievementList(blog: Blog, some: Achievements = blog.achievements): Html | false {
  if (some.length === 0) return false;
  return html`<ul class="achievements">${some.map((achievement) => achievementItem(blog, achievement))}</ul>`;
}

function achievementItem({ listed }: Blog, achievement: Achievement): Html {
  const article = listed.find(({ slug }) => achievement.posts.includes(slug));
  const { kind, title, url, verify, expires } = achievement;
  const address = isTalk(achievement) ? talkUrl(achievement) : url;
  const when = whenOf(achievement);
  return html`<li><span class="kind">${kind}</span> <div>${address ? html`<a href="${address}">${title}</a>` : title}${details(achievement).map((detail) => html` <span class="detail">${detail}</span>`)}${expires && html` <span class="detail">valid until ${expires}</span>`}${verify && html` <a href="${verify}">Check it</a>`}${article && html` <a class="detail" href="${article.url}">Article</a>`}${technologyList(achievement.technologies)}</div>${when && html` <span class="when">${when}</span>`}</li>
`;
}

function details({ detail, event, place, venue }: Achievement): readonly string[] {
  return [detail, [event, place].filter(Boolean).join(", "), venue].flatMap((text) => text || []);
}
