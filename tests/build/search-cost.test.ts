/** What a search of a large blog costs its reader, in bytes on the wire. */
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { corpusPost } from "../../bench/corpus.ts";
import { loadContent } from "../../site/content/load.ts";
import { buildAssets } from "../../site/publish/assets.ts";
import { searchFiles } from "../../site/publish/search-index.ts";
import { openIndex } from "../../site/search/query.ts";
import { root } from "../setup/site.ts";
import { siteInAFolder } from "../site/site-in-a-folder.ts";

const posts = 1_000;
/** As the search's page shows at once. */
const excerpts = 5;

/** The index of the large blog, made once by the first test that asks for it. */
let made: Promise<ReadonlyMap<string, string>> | undefined;

async function makeIndex(): Promise<ReadonlyMap<string, string>> {
  const corpus = Array.from({ length: posts }, (_, n) => corpusPost(n));
  const folder = await siteInAFolder(
    Object.fromEntries(corpus.map(({ slug, text }) => [`posts/${slug}.md`, text] as const)),
  );
  const { blog } = await loadContent(folder, { asOf: new Date("2026-11-24") });
  if (!blog) throw new Error("the corpus has mistakes");
  return new Map(searchFiles(blog));
}

async function codeSize(): Promise<number> {
  const { files } = await buildAssets(root);
  return size(files.find(({ url }) => url.startsWith("/assets/search-"))?.content ?? "");
}

test("costs at most 10 kB of code", async () => {
  expect(await codeSize()).toBeLessThanOrEqual(10_000);
});

test.each(["transaction", "idempotent retry", "slow flaky consumer lag", "partitoin", "t", "kafka sql cache"])(
  "answers %j over 1,000 posts for at most 60 kB in all",
  async (text) => {
    made ??= makeIndex();
    const files = await made;
    let bytes = await codeSize();
    const index = await openIndex(async (name) => {
      const file = files.get(`/search/${name}`) ?? "";
      bytes += size(file);
      return file;
    });
    const { hits } = await index.search({ text });
    const shown = hits.slice(0, excerpts);
    await Promise.all(shown.flatMap(({ post }) => [index.heading(post), index.document(post)]));
    expect(hits.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(60_000);
  },
  120_000,
);

function size(text: string): number {
  return brotliCompressSync(text).length;
}
