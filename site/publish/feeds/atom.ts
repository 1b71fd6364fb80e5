/** A feed as Atom 1.0. @see RFC 4287 */
import { type Html, html, trusted } from "../../html.ts";
import type { Feed, FeedEntry } from "./feed.ts";
import { banner, styleSheet } from "./for-browsers.ts";
import { mediaContent, mediaNamespace } from "./media.ts";

/** `url` is the feed's own address. */
export function atom(feed: Feed, url: string): Html {
  return html`${trusted('<?xml version="1.0" encoding="utf-8"?>')}
${styleSheet}
<feed xmlns="http://www.w3.org/2005/Atom" ${mediaNamespace} xml:lang="${feed.language}">
<id>${feed.home}</id>
<title>${feed.title}</title>
<subtitle>${feed.description}</subtitle>
${banner(feed)}
<link rel="self" type="application/atom+xml" href="${url}"/>
<link rel="alternate" type="text/html" href="${feed.home}"/>
${feed.hub && html`<link rel="hub" href="${feed.hub}"/>\n`}<updated>${feed.updated ?? "1970-01-01T00:00:00Z"}</updated>
<author><name>${feed.author}</name></author>
${feed.entries.map(entry)}</feed>
`;
}

function entry({ id, url, title, summary, content, published, updated, tags, language, image }: FeedEntry): Html {
  return html`<entry${language && html` xml:lang="${language}"`}>
<id>${id}</id>
<title>${title}</title>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${published}</published>
<updated>${updated}</updated>
${tags.map((tag) => html`<category term="${tag}"/>`)}
<summary>${summary}</summary>
${image && mediaContent(image)}<content type="html">${content}</content>
</entry>
`;
}
