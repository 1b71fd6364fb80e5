/** Who the owner is. */
export const data = {
  layout: "layouts/about.11ty.ts",
  permalink: "/about/",
  title: "About",
  description: "Who writes here: experience, achievements, and how to get in touch.",
};

export const render = (): string => "";
