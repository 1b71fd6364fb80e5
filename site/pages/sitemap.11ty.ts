/** The sitemap. */
import type { Html } from "../html.ts";
import { sitemap } from "../publish/sitemap.ts";
import type { TemplateData } from "../template.ts";

export const data = { permalink: "/sitemap.xml" };

export const render = ({ model }: TemplateData): Html => sitemap(model.blog);
