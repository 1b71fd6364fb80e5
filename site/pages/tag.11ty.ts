/** The posts of a tag, a page for each so many. */
export const data = {
  layout: "layouts/tag.11ty.ts",
  pagination: { data: "model.tagPageUrls", size: 1, alias: "url" },
  permalink: ({ url }: { readonly url: string }): string => url,
};

export const render = (): string => "";
