/** What the build of the site writes for the functions: a file behind each `#name` that they import. */
import path from "node:path";

/** Absolute paths. package.json has those of `npm run build`. */
export interface GeneratedFiles {
  readonly "#site": string;
  readonly "#shell": string;
  readonly "#feeds": string;
  readonly "#previews": string;
}

export function generatedIn(folder: string): GeneratedFiles {
  return {
    "#site": path.join(folder, "site-manifest.json"),
    "#shell": path.join(folder, "shell.json"),
    "#feeds": path.join(folder, "feeds.json"),
    "#previews": path.join(folder, "previews.json"),
  };
}
