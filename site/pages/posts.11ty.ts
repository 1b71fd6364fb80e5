/** All articles by year. */
export const data = {
  layout: "layouts/archive.11ty.ts",
  permalink: "/posts/",
  title: "Writing",
  description: "Articles on data systems, streaming and engineering, newest first.",
};

export const render = (): string => "";
