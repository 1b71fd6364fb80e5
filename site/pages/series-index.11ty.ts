/** Every series; no page where there is none. */
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/series-index.11ty.ts",
  permalink: ({ model }: TemplateData): string | false => model.seriesUrls.length > 0 && "/series/",
  title: "Series",
  description: "Articles that belong together, in the order in which to read them.",
};

export const render = (): string => "";
