/** Every article, from one template over the loaded posts. */
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/post.11ty.ts",
  pagination: { data: "model.postSlugs", size: 1, alias: "slug" },
  permalink: ({ model, slug }: TemplateData & { readonly slug: string }): string => model.post(slug).url,
};

export const render = (): string => "";
