/**
 * What the newsletter sends of a post. Made when the site is built (mail/article.ts), read by the function that sends it; here
 * is what both must agree on, and nothing that weighs on a function.
 */
import type { Post } from "../content/blog.ts";
import { escapeHtml } from "../html.ts";

export interface ArticleMail {
  /** What the post is known by, however it is renamed: its oldest path on the site. */
  readonly key: string;
  /** Absolute. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** ISO 8601 with offset. */
  readonly published: string;
  readonly tags: readonly string[];
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  /** The line that lists of mails show behind the subject. */
  readonly preview: string;
  /** A whole document. Holes: `{{unsubscribe}}` and `{{preferences}}`, for absolute addresses, in attributes. */
  readonly html: string;
  /** The whole part, lines of at most 72 columns where words allow it and no code is among them. The same holes. */
  readonly text: string;
}

/**
 * Bytes of both parts as they are sent. Gmail hides what is beyond 102 kB of a mail; the addresses in the holes and the
 * headers have the rest.
 */
export const maxMailBytes = 98_000;

/** A post's oldest path: its identity for the newsletter. */
export function postKey({ aliases, url }: Pick<Post, "aliases" | "url">): string {
  return aliases[0] ?? url;
}

/** Whether subscribers may get a mail about it. What is in no list is in no mail. */
export function isMailed({ newsletter, unlisted, draft }: Pick<Post, "newsletter" | "unlisted" | "draft">): boolean {
  return newsletter && !unlisted && !draft;
}

/** What stands for a subscriber's own addresses. An article that writes of them has them in other letters. */
export const mailHoles = { unsubscribe: "{{unsubscribe}}", preferences: "{{preferences}}" } as const;

/** Absolute addresses for one subscriber. */
export type SubscriberLinks = Readonly<Record<keyof typeof mailHoles, string>>;

/** Both parts with the addresses in their places. */
export function fillMail({ html, text }: Pick<ArticleMail, "html" | "text">, links: SubscriberLinks) {
  const fill = (part: string, write: (link: string) => string) =>
    part.replace(/\{\{(unsubscribe|preferences)\}\}/g, (_, name: keyof SubscriberLinks) => write(links[name]));
  return { html: fill(html, escapeHtml), text: fill(text, (link) => link) };
}
