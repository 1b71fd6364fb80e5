/** Who this is: in a few paragraphs, then job by job. */
import { type Html, html } from "../../site/html.ts";
import { cvOf } from "../../site/publish/cv.ts";
import { personData } from "../../site/publish/structured-data.ts";
import type { LayoutData } from "../../site/template.ts";
import { achievementList } from "../parts/achievement-list.ts";
import { contacts, contactWays } from "../parts/contact-ways.ts";
import { jobList } from "../parts/job-list.ts";
import { section } from "../parts/section.ts";
import { base } from "./base.ts";

export default function about({ model, page, title, description }: LayoutData): Html {
  const { profile, experience, achievements } = model.blog;
  const { interests } = profile;
  const main = html`<div class="page"><h1>${profile.name ?? title}</h1>
<p class="deck">${profile.headline}</p>
${profile.about.map((paragraph) => html`<p>${paragraph}</p>\n`)}
${interests.length > 0 && html`<p class="facts">${interests.join(" · ")}</p>`}
<p class="more"><a href="/cv/">Curriculum vitae</a></p>
${section("Experience", jobList(experience))}
${section("Achievements", achievementList(achievements))}
<section><h2>Get in touch</h2>
${contactWays(contacts, profile)}</section></div>`;
  return base({
    model,
    url: page.url,
    title,
    description,
    main,
    styles: ["work"],
    structuredData: personData(cvOf(model.blog)),
  });
}
