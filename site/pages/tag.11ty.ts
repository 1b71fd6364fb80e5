/** A page per tag. */
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/tag.11ty.ts",
  pagination: { data: "model.tagNames", size: 1, alias: "tagName" },
  permalink: ({ model, tagName }: TemplateData & { readonly tagName: string }): string => model.tag(tagName).url,
};

export const render = (): string => "";
