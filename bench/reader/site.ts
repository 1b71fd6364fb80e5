/** The site with four more articles, which stand for all others: what readers get is measured on it. */
import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { generatedIn } from "../../build/generated.ts";
import { buildSite } from "../../build/site.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** 1,900 words with a contents list, notes, a table, a picture and four blocks of code. */
export const referenceUrl = "/posts/a-job-queue-in-one-table/";
/** 5,000 words. */
export const longUrl = "/posts/three-essays-on-one-page/";
/** Everything that Markdown can do here, done too much. */
export const overdoneUrl = "/posts/everything-at-once/";
/** Every sign and block of Markdown that there is. */
export const tortureUrl = "/posts/torture/";

/** Builds it into `output`, absolute, as `npm run build` would. */
export async function buildReaderSite(output: string, siteUrl?: string): Promise<void> {
  const content = await mkdtemp(path.join(tmpdir(), "firstflight-reader-"));
  try {
    for (const part of ["_data", "posts", "tests/fixtures/reader/posts"]) {
      await cp(path.join(root, part), path.join(content, path.basename(part)), { recursive: true });
    }
    const torture = path.join(content, "posts/torture");
    await cp(path.join(root, "tests/fixtures/torture"), torture, { recursive: true });
    await rename(path.join(torture, "torture.md"), path.join(torture, "index.md"));
    const generated = generatedIn(content);
    // Pictures are made once for all runs.
    const cache = path.join(root, ".cache/reader");
    await buildSite({ root, content, output, generated, cache, siteUrl, isPreview: false });
  } finally {
    await rm(content, { recursive: true, force: true });
  }
}
