/** `node ours.ts CONTENT OUTPUT CACHE`: the build of this project over another folder of posts and data, the functions' bundles left out. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { stop } from "esbuild";
import { generatedIn } from "../../build/generated.ts";
import { buildSite } from "../../build/site.ts";

const [, , content, output, cache] = process.argv;
if (!content || !output) throw new Error("usage: node ours.ts CONTENT OUTPUT CACHE");

await buildSite({
  root: path.resolve(import.meta.dirname, "../.."),
  content,
  output,
  generated: generatedIn(`${output}.generated`),
  cache,
  isPreview: false,
});
await endOfEsbuild();

/** A process counts the time of those that it waited for, and esbuild's would outlive this one. */
async function endOfEsbuild(): Promise<void> {
  await stop();
  const children = `/proc/${process.pid}/task/${process.pid}/children`;
  while (process.platform === "linux" && readFileSync(children, "utf8").trim()) await setTimeout(2);
}
