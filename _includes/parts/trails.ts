/** The pages above others, as `things` name them to programs. */
import type { Crumb } from "../../site/publish/structured-data/page.ts";

export const writing: Crumb = { name: "Writing", url: "/posts/" };
export const tags: Crumb = { name: "Tags", url: "/tags/" };
export const series: Crumb = { name: "Series", url: "/series/" };
export const work: Crumb = { name: "Work", url: "/work/" };
export const about: Crumb = { name: "About", url: "/about/" };
