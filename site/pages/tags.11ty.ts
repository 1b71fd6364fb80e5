/** Every tag. */
export const data = {
  layout: "layouts/tags.11ty.ts",
  permalink: "/tags/",
  title: "Tags",
  description: "Every tag of this blog with its articles.",
};

export const render = (): string => "";
