/** The sitemap. */
import type { Html } from "../html.ts";
import { sitemap } from "../publish/sitemap.ts";
import type { TemplateData } from "../template.ts";

export const data = { permalink: "/sitemap.xml" };

const pages = [
  "/",
  "/work/",
  "/about/",
  "/cv/",
  "/posts/",
  "/tags/",
  "/search/",
  "/contact/",
  "/newsletter/",
  "/privacy/",
];

export const render = ({ model }: TemplateData): Html =>
  sitemap(model.blog, model.blog.site.url, [...pages, ...model.workUrls]);
