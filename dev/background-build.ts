/** Builds the whole site behind the author's back: what an edit has not brought up to date at once is so a little later. */
import { Worker } from "node:worker_threads";
import type { SiteBuild } from "../build/site.ts";
import type { BackgroundResult } from "./build-worker.ts";

export interface BackgroundBuild {
  /** Builds once nothing has been asked for a while, and calls `onEnd`, unless it is stopped before. */
  start(onEnd: (result: BackgroundResult) => void): void;
  /** Once resolved, nothing more is written. */
  stop(): Promise<void>;
}

/** Whoever is writing saves again soon. */
const quietMs = 400;

export function backgroundBuild(wish: SiteBuild): BackgroundBuild {
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  const stop = async () => {
    clearTimeout(timer);
    const stopped = worker;
    worker = undefined;
    await stopped?.terminate();
  };
  return {
    stop,
    start(onEnd) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const mine = new Worker(new URL("./build-worker.ts", import.meta.url), { workerData: wish });
        worker = mine;
        const end = (result: BackgroundResult) => {
          if (worker !== mine) return;
          worker = undefined;
          onEnd(result);
        };
        mine.on("message", end);
        mine.on("error", (error) => end({ ok: false, report: error.stack ?? error.message }));
      }, quietMs);
    },
  };
}
