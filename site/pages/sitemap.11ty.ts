/** The sitemap. */
import type { Html } from "../html.ts";
import { sitemap } from "../publish/sitemap.ts";
import type { TemplateData } from "../template.ts";

export const data = { permalink: "/sitemap.xml" };

const single = [
  "/",
  "/work/",
  "/about/",
  "/cv/",
  "/tags/",
  "/search/",
  "/contact/",
  "/newsletter/",
  "/privacy/",
  "/colophon/",
];

export function render({ model }: TemplateData): Html {
  const { archiveUrls, tagPageUrls, seriesUrls, workUrls } = model;
  const series = seriesUrls.length > 0 ? ["/series/", ...seriesUrls] : [];
  return sitemap(model.blog, model.blog.site.url, [...single, ...archiveUrls, ...tagPageUrls, ...series, ...workUrls]);
}
