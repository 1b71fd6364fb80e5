/** Has a large site's files for programs made in a thread of their own, while pages are made in this one. */
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { seemsKept } from "../site/content/post-cache.ts";
import type { MadeForPrograms, ProgramsWish } from "./programs-worker.ts";

/** A thread loads the code and the posts once more: for fewer posts that takes longer than what it saves. */
const worthThread = 1_000;

export function isWorthThread(posts: number): boolean {
  return posts >= worthThread && availableParallelism() > 1;
}

/** Whether the thread may begin with the build: what it needs is in the cache as it seems. Where it is not, it is made twice. */
export function mayBeginEarly(content: string, cache: string): boolean {
  const folder = path.join(content, "posts");
  const posts = existsSync(folder) ? readdirSync(folder).length : 0;
  return isWorthThread(posts) && seemsKept(cache, posts);
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
