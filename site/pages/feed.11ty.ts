/** The Atom feed. */
import type { Html } from "../html.ts";
import { atomFeed } from "../publish/feed.ts";
import type { TemplateData } from "../template.ts";

export const data = { permalink: "/feed.xml" };

export const render = ({ model }: TemplateData): Html => atomFeed(model.blog, model.blog.site.url);
