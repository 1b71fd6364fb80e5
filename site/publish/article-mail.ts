/** The mail about a post, as the build writes it to `_site/newsletter/mail/<slug>.<hash>.json` for the functions to send. */

export interface ArticleMail {
  /** Identity of the post: its oldest address. */
  readonly key: string;
  /** Absolute. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** ISO 8601. */
  readonly published: string;
  readonly tags: readonly string[];
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  /** The line that mail programs show beside the subject. */
  readonly preview: string;
  /** The whole document, and the whole plain text; both with the holes `{{unsubscribe}}` and `{{preferences}}`. */
  readonly html: string;
  readonly text: string;
}
