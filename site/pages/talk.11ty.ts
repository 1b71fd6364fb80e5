/** A page per talk with an abstract. */
export const data = {
  layout: "layouts/talk.11ty.ts",
  pagination: { data: "model.talkUrls", size: 1, alias: "url" },
  permalink: ({ url }: { readonly url: string }): string => url,
};

export const render = (): string => "";
