/** Work through many things at once, a thread for each core. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

export interface PooledWork<Result> {
  /** A module that answers each message, a batch of things, with a list of as many results. */
  readonly worker: URL;
  /** What the module gets as `workerData`. */
  readonly data?: unknown;
  /** A thread gets so many things at a time. */
  readonly batchLength: number;
  /** Called with the number of each thing and its result, in any order. */
  readonly keep: (at: number, result: Result) => void;
}

const mostThreads = 8;

/** Things and results must be fit for structured cloning. No thread is left when it settles. @throws what a thread throws first */
export async function onAllCores<Thing, Result>(things: readonly Thing[], work: PooledWork<Result>): Promise<void> {
  const { worker: module, data, batchLength, keep } = work;
  let next = 0;
  const workThrough = async () => {
    const worker = new Worker(module, { workerData: data });
    try {
      while (next < things.length) {
        const from = next;
        next += batchLength;
        worker.postMessage(things.slice(from, from + batchLength));
        const [results] = (await once(worker, "message")) as [readonly Result[]];
        for (const [at, result] of results.entries()) keep(from + at, result);
      }
    } catch (error) {
      // The others end with what they are about.
      next = things.length;
      throw error;
    } finally {
      await worker.terminate();
    }
  };
  const threads = Math.min(availableParallelism(), mostThreads, Math.ceil(things.length / batchLength));
  const ends = await Promise.allSettled(Array.from({ length: threads }, workThrough));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
