/** The posts of a tag, a page for each so many. */
import type { TemplateData } from "../template.ts";

export const data = {
  layout: "layouts/tag.11ty.ts",
  pagination: { data: "model.tagPageUrls", size: 1, alias: "url" },
  permalink: ({ url }: { readonly url: string }): string => url,
};

export const render = (): string => "";

/** `npm start` renders a page again when one of these has changed. */
export function shows({ model, url }: TemplateData & { readonly url: string }): readonly unknown[] {
  const { tag, posts, count } = model.tagPage(url);
  return [tag.posts.length, count, ...posts];
}
