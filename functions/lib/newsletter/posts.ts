/** What the newsletter knows of the built site's posts. */
import built from "#newsletter" with { type: "json" };
import type { NewsletterPost } from "../../../site/publish/newsletter-posts.ts";

export const newsletterPosts: readonly NewsletterPost[] = built;
