/** A folder of made posts with the project's own data, for measurements. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { corpusPost } from "./corpus.ts";
import { copyDataWithoutPosts } from "./data-without-posts.ts";

/** Replaces what is in the folder, absolute. */
export async function writeCorpus(root: string, folder: string, posts: number): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "posts"), { recursive: true });
  await copyDataWithoutPosts(root, folder);
  for (let n = 0; n < posts; n += 1) {
    const { slug, text } = corpusPost(n);
    writeFileSync(path.join(folder, `posts/${slug}.md`), text);
  }
}
