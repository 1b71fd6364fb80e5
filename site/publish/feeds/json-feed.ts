/** A feed as JSON Feed 1.1. @see https://www.jsonfeed.org/version/1.1/ */
import type { Feed } from "./feed.ts";

/** `url` is the feed's own address. */
export function jsonFeed(feed: Feed, url: string): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.home,
    feed_url: url,
    description: feed.description,
    language: feed.language,
    authors: [{ name: feed.author }],
    hubs: feed.hub ? [{ type: "WebSub", url: feed.hub }] : undefined,
    items: feed.entries.map(
      ({ id, url: page, title, summary, content, published, updated, tags, language, image }) => ({
        id,
        url: page,
        title,
        summary,
        content_html: content,
        date_published: published,
        date_modified: updated,
        tags,
        language,
        image: image?.url,
      }),
    ),
  });
}
