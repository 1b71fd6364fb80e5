/** A page per technology. */
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/technology.11ty.ts",
  pagination: { data: "model.technologySlugs", size: 1, alias: "technologySlug" },
  permalink: ({ model, technologySlug }: TemplateData & { readonly technologySlug: string }): string =>
    model.technology(technologySlug).url,
};

export const render = (): string => "";
