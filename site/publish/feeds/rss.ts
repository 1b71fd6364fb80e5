/** A feed as RSS 2.0. @see https://www.rssboard.org/rss-specification */
import { DateTime } from "luxon";
import { type Html, html, trusted } from "../../html.ts";
import type { Feed, FeedEntry } from "./feed.ts";
import { banner, styleSheet } from "./for-browsers.ts";
import { mediaContent, mediaNamespace } from "./media.ts";

/** `url` is the feed's own address. */
export function rss(feed: Feed, url: string): Html {
  return html`${trusted('<?xml version="1.0" encoding="utf-8"?>')}
${styleSheet}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" ${mediaNamespace}>
<channel>
<title>${feed.title}</title>
<link>${feed.home}</link>
<description>${feed.description}</description>
${banner(feed)}
<language>${feed.language}</language>
<atom:link rel="self" type="application/rss+xml" href="${url}"/>
${feed.hub && html`<atom:link rel="hub" href="${feed.hub}"/>\n`}${feed.updated && html`<lastBuildDate>${rfc822(feed.updated)}</lastBuildDate>\n`}${feed.entries.map((one) => item(one, feed.author))}</channel>
</rss>
`;
}

function item({ id, url, title, summary, content, published, tags, image }: FeedEntry, author: string): Html {
  return html`<item>
<guid isPermaLink="${id === url ? "true" : "false"}">${id}</guid>
<title>${title}</title>
<link>${url}</link>
<pubDate>${rfc822(published)}</pubDate>
<dc:creator>${author}</dc:creator>
${tags.map((tag) => html`<category>${tag}</category>`)}
<description>${summary}</description>
${image && mediaContent(image)}<content:encoded>${content}</content:encoded>
</item>
`;
}

/** Whatever the site's language, month and day are English. */
function rfc822(iso: string): string {
  return DateTime.fromISO(iso, { zone: "utc" }).setLocale("en").toRFC2822() ?? "";
}
