/** The posts of a run: made once for each number of them, and used again as long as they are whole and of the same corpus. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { writeCorpus } from "../content-folder.ts";
import { corpusPost } from "../corpus.ts";
import { copyDataWithoutPosts } from "../data-without-posts.ts";

export interface CorpusTree {
  /** Has posts/ and _data/, absolute. */
  readonly content: string;
  /** What our builds keep from one to the next, absolute. */
  readonly cache: string;
  /** Changes a line in the body of one post to what it has never been. */
  edit(): void;
  /** Takes back what `edit` did. */
  restore(): void;
}

export async function corpusTree(root: string, folder: string, posts: number): Promise<CorpusTree> {
  const [content, cache] = [path.join(folder, "content"), path.join(folder, "kept")];
  const mark = path.join(content, "corpus.txt");
  const sources = ["corpus.ts", "content-folder.ts"].map((name) => readFileSync(path.join(root, "bench", name)));
  const kind = `${posts} ${createHash("sha256").update(Buffer.concat(sources)).digest("hex")}\n`;
  if (existsSync(mark) && readFileSync(mark, "utf8") === kind && countIn(content) === posts) {
    await copyDataWithoutPosts(root, content);
  } else {
    await writeCorpus(root, content, posts);
    writeFileSync(mark, kind);
  }
  const { slug, text } = corpusPost(posts >> 1);
  const file = path.join(content, `posts/${slug}.md`);
  const edited = () => text.replace("\n\n[^1]:", ` Edited at ${Date.now()}.\n\n[^1]:`);
  const tree = {
    content,
    cache,
    edit: () => writeFileSync(file, edited()),
    restore: () => writeFileSync(file, text),
  };
  // A run may have been killed in between.
  tree.restore();
  return tree;
}

function countIn(content: string): number {
  return readdirSync(path.join(content, "posts")).length;
}
