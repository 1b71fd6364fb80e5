/** What the functions know of the built site: titles, posts, the page shell and its policy. */
import manifest from "#site" with { type: "json" };
import type { SiteManifest } from "../../site/publish/manifest.ts";

export const site: SiteManifest = manifest;
