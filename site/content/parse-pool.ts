/** Parses many posts at once. */
import { onAllCores } from "../thread-pool.ts";
import type { PreservedPost } from "./preserved-post.ts";

/** A thread takes a third of a second to start: so many posts are parsed by one as soon. */
export const worthThreads = 200;

/** Calls `keep` with the number of each text and what is to be kept of it, in any order. @throws what parsing throws */
export function parseOnAllCores(
  texts: readonly string[],
  language: string,
  keep: (at: number, post: PreservedPost | undefined) => void,
): Promise<void> {
  const worker = new URL("./parse-worker.ts", import.meta.url);
  return onAllCores(texts, { worker, data: language, batchLength: 32, keep });
}
