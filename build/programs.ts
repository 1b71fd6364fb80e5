/** Has a large site's files for programs made in a thread of their own, while pages are made in this one. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { MadeForPrograms, ProgramsWish } from "./programs-worker.ts";

/** A thread loads the code and the posts once more: for fewer posts that takes longer than what it saves. */
const worthThread = 1_000;

export function isWorthThread(posts: number): boolean {
  return posts >= worthThread && availableParallelism() > 1;
}

export interface StartedPrograms {
  /** @throws what the thread threw */
  readonly made: Promise<MadeForPrograms>;
  stop(): Promise<unknown>;
}

export function startPrograms(wish: ProgramsWish): StartedPrograms {
  const worker = new Worker(new URL("./programs-worker.ts", import.meta.url), { workerData: wish });
  const made = once(worker, "message").then(([result]) => result as MadeForPrograms);
  // Whoever waits for it is told; whoever has failed before does not ask any more.
  made.catch(() => {});
  return { made, stop: () => worker.terminate() };
}
