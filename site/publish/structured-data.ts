/** JSON-LD. @see https://schema.org/BlogPosting */
import type { Blog, Post } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";
import { type Html, trusted } from "../html.ts";

export function postData(blog: Blog, post: Post): Html {
  const { site, profile } = blog;
  const author = { "@type": "Person", name: profile.name ?? profile.role, jobTitle: profile.role, url: `${site.url}/` };
  return jsonLd({
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    headline: post.title,
    description: post.description,
    url: site.url + post.url,
    datePublished: toIso(post.published),
    dateModified: toIso(post.modified),
    wordCount: post.article.words,
    keywords: post.tags,
    inLanguage: site.language,
    author,
  });
}

/** A data block; `<` is escaped so that no text can end the element. */
function jsonLd(value: object): Html {
  return trusted(`<script type="application/ld+json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`);
}
