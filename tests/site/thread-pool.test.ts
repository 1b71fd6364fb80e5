/** Threads that share one list of work. */
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test } from "vitest";
import { onAllCores } from "../../site/thread-pool.ts";

/** Doubles numbers, a little later; cannot do with a negative one. */
const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort, workerData } from "node:worker_threads";
  parentPort.on("message", async (numbers) => {
    await new Promise(setImmediate);
    if (numbers.some((number) => number < 0)) throw new RangeError("a negative number");
    parentPort.postMessage(numbers.map((number) => number * workerData));
  });
`)}`,
);

const started: Worker[] = [];
const note = (thread: Worker) => started.push(thread);
beforeEach(() => {
  started.length = 0;
  process.on("worker", note);
});
afterEach(() => {
  process.off("worker", note);
});

/** Those that have ended have no number. */
const running = () => started.filter(({ threadId }) => threadId !== -1);

test("gives each result with the number of its thing, and leaves no thread behind", async () => {
  const numbers = Array.from({ length: 101 }, (_, n) => n);
  const doubled: number[] = [];
  await onAllCores<number, number>(numbers, { worker, data: 2, batchLength: 7, keep: (at, n) => (doubled[at] = n) });
  expect(doubled).toEqual(numbers.map((n) => n * 2));
  expect(started.length).toBeGreaterThan(0);
  expect(running()).toEqual([]);
});

test("fails with the error of a thread, keeps no more than was begun, and leaves no thread behind", async () => {
  const numbers = Array.from({ length: 1000 }, (_, n) => n - 1);
  let kept = 0;
  const work = onAllCores<number, number>(numbers, { worker, data: 2, batchLength: 1, keep: () => kept++ });
  await expect(work).rejects.toThrow(new RangeError("a negative number"));
  expect(kept).toBeLessThan(numbers.length - 1);
  expect(running()).toEqual([]);
});

test("starts no thread for nothing", async () => {
  await onAllCores([], { worker, batchLength: 7, keep: () => {} });
  expect(started).toEqual([]);
});
