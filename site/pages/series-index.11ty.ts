/** Every series; no page where there is none. */
export const data = {
  layout: "layouts/series-index.11ty.ts",
  // One page of all of them: Eleventy makes no page of an empty list.
  pagination: { data: "model.seriesUrls", size: Number.MAX_SAFE_INTEGER },
  permalink: "/series/",
  title: "Series",
  description: "Articles that belong together, in the order in which to read them.",
};

export const render = (): string => "";
