/** One of the threads that parse many posts: a batch of texts in, what is to be kept of each out. */
import { parentPort, workerData } from "node:worker_threads";
import { timePost } from "./parse-post.ts";
import { type PreservedPost, preserve } from "./preserved-post.ts";

/** Of posts which name none, BCP 47. */
const language: string = workerData;

parentPort?.on("message", (texts: readonly string[]) => {
  const parsed = texts.map((text): PreservedPost | undefined => preserve(timePost(text, language)));
  parentPort?.postMessage(parsed);
});
