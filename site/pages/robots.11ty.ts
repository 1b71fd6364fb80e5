/** What crawlers may fetch. */
import { robots } from "../publish/sitemap.ts";
import type { TemplateData } from "../template.ts";

export const data = { permalink: "/robots.txt" };

export const render = ({ model }: TemplateData): string => robots(model.blog.site.url);
