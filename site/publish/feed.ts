/** Atom 1.0 feed with full content. @see RFC 4287 */
import type { Blog, Post } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";
import { type Html, html, trusted } from "../html.ts";
import { withoutSidenotes } from "../markdown/sidenotes.ts";

const newest = 20;

export function atomFeed(blog: Blog, siteUrl: string): Html {
  const posts = blog.listed.slice(0, newest);
  const updated = posts.map(lastChange).sort().at(-1);
  const { site, profile } = blog;
  return html`${trusted('<?xml version="1.0" encoding="utf-8"?>')}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${site.language}">
<id>${siteUrl}/</id>
<title>${site.title}</title>
<subtitle>${site.description}</subtitle>
<link rel="self" type="application/atom+xml" href="${siteUrl}/feed.xml"/>
<link rel="alternate" type="text/html" href="${siteUrl}/"/>
<updated>${updated ?? "1970-01-01T00:00:00Z"}</updated>
<author><name>${profile.name ?? profile.role}</name></author>
${posts.map((post) => entry(post, siteUrl))}</feed>
`;
}

function entry(post: Post, siteUrl: string): Html {
  const url = siteUrl + post.url;
  return html`<entry>
<id>${url}</id>
<title>${post.title}</title>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${toIso(post.published)}</published>
<updated>${lastChange(post)}</updated>
${post.tags.map((tag) => html`<category term="${tag}"/>`)}
<summary>${post.description}</summary>
<content type="html">${absoluteLinks(post.article.html, url)}</content>
</entry>
`;
}

function lastChange(post: Post): string {
  return toIso((post.updated ?? post.published).toUTC());
}

/** The article's markup as text for an escaped `<content>`: its links and pictures made absolute, each note in it once. */
export function absoluteLinks(article: Html, url: string): string {
  return withoutSidenotes(article.markup).replace(
    /(<(?:a|img|source)\b[^>]*?\s(?:href|src)=")([^"]*)"/g,
    (whole, before: string, target: string) =>
      URL.canParse(target, url) ? `${before}${new URL(target, url).href}"` : whole,
  );
}
