/** Builds the repository's own site once a run, into a folder of its own. */
import path from "node:path";
import { generatedIn } from "../../build/generated.ts";
import { buildSite } from "../../build/site.ts";

export const root = path.resolve(import.meta.dirname, "../..");
export const builtSite = path.join(root, ".cache/test/site");
/** What the bundles of functions are made with. */
export const generated = generatedIn(path.join(root, ".cache/test"));
/** Where the tests' build says it is published. */
export const siteUrl = "https://exactly-once.example";

export default async function setup(): Promise<void> {
  // Pictures are made once for all runs.
  const cache = path.join(root, ".cache/test");
  await buildSite({ root, output: builtSite, generated, cache, siteUrl, isPreview: false });
}
