/** Addresses for search engines. @see https://www.sitemaps.org/protocol.html */
import type { Blog } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";
import { type Html, html, trusted } from "../html.ts";

/** `pages` are paths of pages that are no posts. */
export function sitemap(blog: Blog, siteUrl: string, pages: readonly string[]): Html {
  return html`${trusted('<?xml version="1.0" encoding="utf-8"?>')}
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map((url) => html`<url><loc>${new URL(url, siteUrl).href}</loc></url>\n`)}${blog.listed.map(
  (post) => html`<url><loc>${siteUrl}${post.url}</loc><lastmod>${toIso(post.modified)}</lastmod></url>\n`,
)}</urlset>
`;
}

export function robots(siteUrl: string): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /newsletter/confirm\nDisallow: /newsletter/unsubscribe\nDisallow: /newsletter/preferences\n\nSitemap: ${siteUrl}/sitemap.xml\n`;
}
