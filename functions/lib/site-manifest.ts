/** What the functions know of the built site: its title, its posts, when it must be built again. */
import manifest from "#site" with { type: "json" };
import type { SiteManifest } from "../../site/publish/manifest.ts";

export const site: SiteManifest = manifest;
