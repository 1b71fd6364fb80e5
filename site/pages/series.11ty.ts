/** A page per series. */
export const data = {
  layout: "layouts/series.11ty.ts",
  pagination: { data: "model.seriesUrls", size: 1, alias: "url" },
  permalink: ({ url }: { readonly url: string }): string => url,
};

export const render = (): string => "";
