/** The curriculum vitae: a page that prints on two sheets, and its other forms. */
import { type Html, html } from "../../site/html.ts";
import { type Cv, type CvEntry, cvOf } from "../../site/publish/cv.ts";
import { profilePage } from "../../site/publish/structured-data/page.ts";
import { person } from "../../site/publish/structured-data/person.ts";
import type { LayoutData } from "../../site/template.ts";
import { section } from "../parts/section.ts";
import { base } from "./base.ts";

export default function cv({ model, page, title, description }: LayoutData): Html {
  const vita = cvOf(model.blog);
  const main = html`<article class="page cv"><h1>${vita.name}</h1>
<p class="deck">${vita.summary}</p>
${ways(vita)}
<p class="hint forms">As <a href="/cv.pdf">PDF</a>, <a href="/cv.json">JSON Resume</a> or <a href="/cv.vcf">card for your address book</a>.</p>
${list("Experience", vita.jobs.map(job))}
${list(
  "Results",
  vita.results.map(({ title: name, result }) => html`<li><strong>${name}</strong> ${result}</li>\n`),
)}
${list("Projects", vita.projects.map(project))}
${list("Awards and certifications", [...vita.awards, ...vita.certificates].map(entry))}
${list("Talks and publications", [...vita.talks, ...vita.publications].map(entry))}
${list("Open source", vita.openSource.map(entry))}
${vita.technologies.length > 0 && html`<section><h2>Technologies</h2>\n<p>${vita.technologies.join(" · ")}</p></section>`}
</article>`;
  const { url } = page;
  const described = profilePage(model.blog.site, { url, title, description }, "ProfilePage");
  return base({ model, url, title, description, main, styles: ["work"], things: [described, person(model.blog)] });
}

function ways({ name, role, phone, url, profiles }: Cv): Html {
  const links = [
    // The address itself is in the PDF and the card: programs that collect addresses read pages.
    html`<li><a href="/contact/">Contact</a></li>`,
    phone && html`<li><a href="tel:${phone}">${phone}</a></li>`,
    html`<li><a href="/">${url.replace(/^https?:\/\/|\/$/g, "")}</a></li>`,
    ...profiles.map((profile) => html`<li><a href="${profile.url}" rel="me">${profile.label}</a></li>`),
  ];
  return html`${name !== role && html`<p class="meta">${role}</p>\n`}<ul class="ways">${links}</ul>`;
}

function list(title: string, items: readonly Html[]): Html | false {
  return section(title, items.length > 0 && html`<ul>${items}</ul>`);
}

function job({ employer, title, from, to, summary, highlights, technologies }: Cv["jobs"][number]): Html {
  const meta = [title, [from, to].filter(Boolean).join(" – ")].filter(Boolean).join(", ");
  return html`<li><h3>${employer}</h3>
${meta && html`<p class="meta">${meta}</p>\n`}<p>${summary}</p>
${highlights.length > 0 && html`<ul class="points">${highlights.map((highlight) => html`<li>${highlight}</li>`)}</ul>\n`}${facts(technologies)}</li>
`;
}

function project({ title, summary, highlights, technologies }: Cv["projects"][number]): Html {
  return html`<li><h3>${title}</h3>
<p>${summary}</p>
${facts([...highlights, ...technologies])}</li>
`;
}

function facts(words: readonly string[]): Html | false {
  return words.length > 0 && html`<p class="facts">${words.join(" · ")}</p>`;
}

function entry({ title, detail, when, url }: CvEntry): Html {
  const rest = [detail, when].filter(Boolean).join(", ");
  return html`<li><strong>${url ? html`<a href="${url}">${title}</a>` : title}</strong>${rest && ` ${rest}`}</li>\n`;
}
