/** The home page. */
export const data = { layout: "layouts/home.11ty.ts", permalink: "/" };

export const render = (): string => "";
