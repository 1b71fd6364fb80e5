/** Addresses for search engines. @see https://www.sitemaps.org/protocol.html */
import type { DateTime } from "luxon";
import type { Blog, Post } from "../content/blog.ts";
import { caseStudyUrl } from "../content/case-studies.ts";
import { toIso } from "../content/dates.ts";
import type { DataName } from "../content/schemas.ts";
import { isTalk, talkUrl } from "../content/talks.ts";
import { type Html, html, trusted } from "../html.ts";
import { listPages, postsAtHome } from "../list-pages.ts";

interface SitemapEntry {
  /** Path from the origin. */
  readonly url: string;
  /** When what the page shows last changed; absent where nothing tells. */
  readonly changed: DateTime<true> | undefined;
}

export function sitemap(blog: Blog): Html {
  return html`${trusted('<?xml version="1.0" encoding="utf-8"?>')}
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${sitemapEntries(blog).map(
  ({ url, changed }) =>
    html`<url><loc>${new URL(url, blog.site.url).href}</loc>${changed && html`<lastmod>${toIso(changed)}</lastmod>`}</url>\n`,
)}</urlset>
`;
}

/** What is made of code and of the owner's address changes with neither posts nor data. */
const undated = ["/contact/", "/newsletter/", "/privacy/", "/colophon/"];

/** Every page that may be found. */
export function sitemapEntries(blog: Blog): readonly SitemapEntry[] {
  const { listed, tags, series, caseStudies, technologies, achievements } = blog;
  const entry = (url: string, files: readonly DataName[], posts: readonly Post[] = []): SitemapEntry => ({
    url,
    changed: latest([...files.map((name) => blog.dataChanges.get(name)), ...posts.map(({ modified }) => modified)]),
  });
  const ofPosts = (url: string, posts: readonly Post[]) => entry(url, [], posts);
  const lists = [{ url: "/posts/", posts: listed }, ...tags].flatMap(({ url, posts }) => listPages(url, posts));
  return [
    entry("/", [...vita, "case-studies"], listed.slice(0, postsAtHome)),
    entry("/work/", ["projects", "case-studies"]),
    entry("/about/", ["profile", "experience", "achievements"]),
    entry("/cv/", [...vita, "case-studies", "technologies"]),
    ...["/tags/", "/search/", ...(series.length > 0 ? ["/series/"] : [])].map((url) => ofPosts(url, listed)),
    ...undated.map((url) => entry(url, [])),
    ...lists.map(({ url, posts }) => ofPosts(url, posts)),
    ...series.map(({ url, parts }) => ofPosts(url, parts)),
    ...caseStudies.map(({ key }) => entry(caseStudyUrl(key), ["case-studies"])),
    ...technologies.map((one) => entry(one.url, ["technologies", ...filesOf(one)], one.posts)),
    ...achievements.filter(isTalk).map((talk) => entry(talkUrl(talk), ["achievements"])),
    ...listed.map((post) => ofPosts(post.url, [post])),
  ];
}

const vita = ["profile", "experience", "projects", "achievements"] as const;

/** The data files in which something has to do with a technology. */
function filesOf({ experience, projects, caseStudies, achievements }: Blog["technologies"][number]): DataName[] {
  const uses = { experience, projects, "case-studies": caseStudies, achievements };
  return Object.entries(uses).flatMap(([name, entries]) => (entries.length > 0 ? [name as keyof typeof uses] : []));
}

function latest(moments: readonly (DateTime<true> | undefined)[]): DateTime<true> | undefined {
  return moments
    .filter((moment) => moment !== undefined)
    .toSorted((a, b) => a.toMillis() - b.toMillis())
    .at(-1);
}

export function robots(siteUrl: string): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /newsletter/confirm\nDisallow: /newsletter/unsubscribe\nDisallow: /newsletter/preferences\n\nSitemap: ${siteUrl}/sitemap.xml\n`;
}
