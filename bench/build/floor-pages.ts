/** Pages, feed and sitemap of the floor as template strings; hugo/layouts/ has the same pages. */

export interface FloorPost {
  readonly title: string;
  readonly description: string;
  readonly published: Date;
  readonly tags: readonly string[];
  /** Path from the root, with slashes around it. */
  readonly url: string;
  readonly html: string;
}

/** Posts that are listed together, all of them or those of a page. */
export interface Section {
  readonly title: string;
  readonly url: string;
  readonly posts: readonly FloorPost[];
}

const site = { title: "Bench blog", url: "https://example.com", author: "A. Writer" };

export function postPage(post: FloorPost, older: FloorPost | undefined, newer: FloorPost | undefined): string {
  return base(
    post,
    `<article>
<h1>${escaped(post.title)}</h1>
${dated(post)}
${post.html}</article>
<nav aria-label="Posts">${neighbour("prev", older)}${neighbour("next", newer)}</nav>`,
  );
}

/** Page `n` of `count`, counted from 1. */
export function listPage(section: Section, n: number, count: number): string {
  const { title, posts } = section;
  const items = posts.map(
    (post) =>
      `<li><h2><a href="${post.url}">${escaped(post.title)}</a></h2>${dated(post)}<p>${escaped(post.description)}</p></li>`,
  );
  const newer = n > 1 ? `<a rel="prev" href="${pageUrl(section, n - 1)}">Newer</a>` : "";
  const older = n < count ? `<a rel="next" href="${pageUrl(section, n + 1)}">Older</a>` : "";
  return base(
    { title, description: "", url: pageUrl(section, n) },
    `<h1>${escaped(title)}</h1>
<ol class="posts">
${items.join("\n")}
</ol>
<nav aria-label="Pages">${newer}<span>${n} / ${count}</span>${older}</nav>`,
  );
}

export function pageUrl({ url }: Section, n: number): string {
  return n === 1 ? url : `${url}page/${n}/`;
}

export function tagIndexPage(tags: readonly Section[]): string {
  const items = tags.map(
    ({ title, url, posts }) => `<li><a href="${url}">${escaped(title)}</a> (${posts.length})</li>`,
  );
  return base({ title: "Tags", description: "", url: "/tags/" }, `<h1>Tags</h1>\n<ul>${items.join("")}</ul>`);
}

/** @see RFC 4287 */
export function atomFeed(posts: readonly FloorPost[]): string {
  const entries = posts.map(
    ({ title, url, published, html }) =>
      `<entry><title>${escaped(title)}</title><id>${site.url}${url}</id><link href="${site.url}${url}"/><updated>${published.toISOString()}</updated><content type="html">${escaped(html)}</content></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>${site.title}</title><id>${site.url}/</id><link href="${site.url}/feed.xml" rel="self"/><author><name>${site.author}</name></author><updated>${posts[0]?.published.toISOString() ?? ""}</updated>
${entries.join("\n")}
</feed>
`;
}

/** @see https://www.sitemaps.org/protocol.html */
export function sitemap(urls: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.map((url) => `<url><loc>${site.url}${url}</loc></url>`).join("\n")}
</urlset>
`;
}

function base(
  page: { readonly title: string; readonly description: string; readonly url: string },
  main: string,
): string {
  const [title, description] = [escaped(page.title), escaped(page.description)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | ${site.title}</title>
<meta name="description" content="${description}">
<link rel="canonical" href="${site.url}${page.url}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${site.url}${page.url}">
<link rel="alternate" type="application/atom+xml" href="/feed.xml" title="${site.title}">
<link rel="stylesheet" href="/main.css">
</head>
<body>
<header><a href="/">${site.title}</a><nav aria-label="Main"><ul><li><a href="/">Home</a></li><li><a href="/tags/">Tags</a></li><li><a href="/feed.xml">Feed</a></li></ul></nav></header>
<main>
${main}
</main>
<footer><p>&copy; 2026 ${site.author}</p></footer>
</body>
</html>
`;
}

const days = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

function dated({ published, tags }: FloorPost): string {
  const links = tags.map((tag) => `<li><a href="/tags/${tag}/">${tag}</a></li>`).join("");
  return `<p><time datetime="${published.toISOString()}">${days.format(published)}</time></p>\n<ul class="tags">${links}</ul>`;
}

function neighbour(relation: "prev" | "next", post: FloorPost | undefined): string {
  return post ? `<a rel="${relation}" href="${post.url}">${escaped(post.title)}</a>` : "";
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? "");
}
