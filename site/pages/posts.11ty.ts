/** All articles by year, a page for each so many. */
export const data = {
  layout: "layouts/archive.11ty.ts",
  pagination: { data: "model.archiveUrls", size: 1, alias: "url" },
  permalink: ({ url }: { readonly url: string }): string => url,
  title: "Writing",
  description: "Articles on data systems, streaming and engineering, newest first.",
};

export const render = (): string => "";
