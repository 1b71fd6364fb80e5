/** Every tag. */
export const data = {
  layout: "layouts/tags.11ty.ts",
  permalink: "/tags/",
  title: "Tags",
  description: "Every tag of this blog, with how much was written about it and when last.",
};

export const render = (): string => "";
