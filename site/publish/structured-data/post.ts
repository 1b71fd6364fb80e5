/** Articles and series. */
import type { Blog, Post } from "../../content/blog.ts";
import { toIso } from "../../content/dates.ts";
import { type Series, seriesOf } from "../../content/series.ts";
import { type Thing, theOwner, theSite, thingAt } from "./graph.ts";
import { author } from "./person.ts";

/** `image` is the absolute address of its picture. @see https://schema.org/BlogPosting */
export function blogPosting(blog: Blog, post: Post, image: string | undefined): Thing {
  const { site } = blog;
  const series = seriesOf(blog, post);
  return {
    "@type": "BlogPosting",
    ...thingAt(site, post.url),
    headline: post.title,
    description: post.description,
    url: site.url + post.url,
    image,
    datePublished: toIso(post.published),
    dateModified: toIso(post.modified),
    wordCount: post.article.words,
    keywords: post.tags,
    inLanguage: post.language ?? site.language,
    author: author(blog),
    isPartOf: [theSite(site), ...(series ? [thingAt(site, series.url)] : [])],
    position: series && post.series?.part,
  };
}

/** @see https://schema.org/CreativeWorkSeries */
export function creativeWorkSeries({ site }: Blog, { name, url, parts }: Series): Thing {
  return {
    "@type": "CreativeWorkSeries",
    ...thingAt(site, url),
    name,
    url: site.url + url,
    inLanguage: site.language,
    author: theOwner(site),
    isPartOf: theSite(site),
    hasPart: parts.map((part) => thingAt(site, part.url)),
  };
}
