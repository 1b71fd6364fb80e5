/** The page that functions fill, and its policy. Apart from the manifest: a door that answers no pages does without. */
import built from "#shell" with { type: "json" };
import type { Shell } from "../../site/publish/shell.ts";

export const shell: Shell = built;
