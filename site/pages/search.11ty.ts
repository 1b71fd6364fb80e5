/** The search, and an index of everything. */
export const data = {
  layout: "layouts/search.11ty.ts",
  permalink: "/search/",
  title: "Search",
  description: "Search all articles, or find them by tag and year.",
  pageType: "SearchResultsPage",
  styles: ["list"],
};

export const render = (): string => "";
