/** One of the threads that parse many posts: a batch of texts in, what is to be kept of each out. */
import { parentPort } from "node:worker_threads";
import { timePost } from "./parse-post.ts";
import { type PreservedPost, preserve } from "./preserved-post.ts";

export interface ParseBatch {
  readonly texts: readonly string[];
  /** BCP 47. */
  readonly language: string;
}

/** In the order of the texts; undefined for one that cannot be kept. */
export type ParsedBatch = readonly (PreservedPost | undefined)[];

parentPort?.on("message", ({ texts, language }: ParseBatch) => {
  const parsed = texts.map((text) => preserve(timePost(text, language)));
  parentPort?.postMessage(parsed satisfies ParsedBatch);
});
