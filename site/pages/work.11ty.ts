/** What the owner has built. */
export const data = {
  layout: "layouts/work.11ty.ts",
  permalink: "/work/",
  title: "Work",
  description: "Case studies and projects: the problem, what was built, and what changed in numbers.",
};

export const render = (): string => "";
