/** Who this is: in a few paragraphs, then job by job. */
import { type Html, html } from "../../site/html.ts";
import { profilePage } from "../../site/publish/structured-data/page.ts";
import { person } from "../../site/publish/structured-data/person.ts";
import { achievementThings } from "../../site/publish/structured-data/work.ts";
import type { LayoutData } from "../../site/template.ts";
import { achievementList } from "../parts/achievement-list.ts";
import { contacts, contactWays } from "../parts/contact-ways.ts";
import { jobList } from "../parts/job-list.ts";
import { ownerAddress, ownerHeading } from "../parts/owner-card.ts";
import { section } from "../parts/section.ts";
import { base } from "./base.ts";

export default function about({ model, page, title, description }: LayoutData): Html {
  const { profile, experience } = model.blog;
  const { interests } = profile;
  const main = html`<div class="page h-card">${ownerHeading(profile, title)}
<p class="deck p-note">${profile.headline}</p>
${ownerAddress}
${profile.about.map((paragraph) => html`<p>${paragraph}</p>\n`)}
${interests.length > 0 && html`<p class="facts">${interests.join(" · ")}</p>`}
<p class="more"><a href="/cv/">Curriculum vitae</a></p>
${section("Experience", jobList(experience))}
${section("Achievements", achievementList(model.blog))}
<section><h2>Get in touch</h2>
${contactWays(contacts, profile)}</section></div>`;
  return base({
    model,
    url: page.url,
    title,
    description,
    main,
    styles: ["work"],
    things: [
      profilePage(model.blog.site, { url: page.url, title, description }, ["AboutPage", "ProfilePage"]),
      person(model.blog),
      ...achievementThings(model.blog),
    ],
  });
}
