/** The mail of a week's or a month's posts: their titles, descriptions and addresses. */
import { html } from "../../../site/html.ts";
import type { SiteManifest } from "../../../site/publish/manifest.ts";
import { mailPage } from "../mail/mail-page.ts";
import type { Digest, DigestPost } from "../store/digests.ts";

export interface DigestWish {
  readonly kind: "weekly" | "monthly";
  readonly mail: Digest;
  /** None means all. */
  readonly topics: readonly string[];
}

/** With the same holes as the mail of an article. Absent when none of its posts is about the topics. */
export function digestMail({ site }: SiteManifest, { kind, mail, topics }: DigestWish) {
  const posts = mail.posts.filter(({ tags }) => topics.length === 0 || tags.some((tag) => topics.includes(tag)));
  const [only] = posts;
  if (!only) return undefined;
  const period = kind === "weekly" ? "week" : "month";
  const subject =
    posts.length === 1 ? `${site.title}: ${only.title}` : `${site.title}: ${posts.length} new posts this ${period}`;
  const foot = `You get this mail once a ${period}, when there is something new on ${site.title}.`;
  return {
    subject,
    text: [
      ...posts.flatMap(({ title, description, url }) => [title, description, url, ""]),
      foot,
      "Change what you get: {{preferences}}",
      "Unsubscribe: {{unsubscribe}}",
      "",
    ].join("\n"),
    html: mailPage({
      language: site.language,
      title: subject,
      body: html`${posts.map(entry)}<hr>
<p><small>${foot}<br><a href="{{preferences}}">Change what you get</a> · <a href="{{unsubscribe}}">Unsubscribe</a></small></p>`,
    }).markup,
  };
}

function entry({ title, description, url }: DigestPost) {
  return html`<h2><a href="${url}">${title}</a></h2>
<p>${description}</p>
`;
}
