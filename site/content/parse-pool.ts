/** Parses many posts at once, a thread for each core. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ParseBatch, ParsedBatch } from "./parse-worker.ts";
import type { PreservedPost } from "./preserved-post.ts";

const batchLength = 32;
const mostThreads = 8;

/** A thread takes a third of a second to start: so many posts are parsed by one as soon. */
export const worthThreads = 200;

/** Calls `keep` with the number of each text and what is to be kept of it, in any order. @throws what parsing throws */
export async function parseOnAllCores(
  texts: readonly string[],
  language: string,
  keep: (at: number, post: PreservedPost | undefined) => void,
): Promise<void> {
  let next = 0;
  const workThrough = async () => {
    const worker = new Worker(new URL("./parse-worker.ts", import.meta.url));
    try {
      while (next < texts.length) {
        const from = next;
        next += batchLength;
        worker.postMessage({ texts: texts.slice(from, from + batchLength), language } satisfies ParseBatch);
        const [parsed] = (await once(worker, "message")) as [ParsedBatch];
        for (const [at, post] of parsed.entries()) keep(from + at, post);
      }
    } finally {
      await worker.terminate();
    }
  };
  const threads = Math.min(availableParallelism(), mostThreads, Math.ceil(texts.length / batchLength));
  await Promise.all(Array.from({ length: threads }, workThrough));
}
