/** One piece of work at a time; what arrives meanwhile is the next piece. Nobody waits for company: alone, an item goes at once. */

export interface Batches {
  /** Most items of one piece. */
  readonly max: number;
  /** Longest that an item may take, waiting for its turn included; then it is rejected with `tooLate()`. */
  readonly maxMs: number;
  readonly tooLate: () => Error;
}

interface Waiting<T> {
  readonly item: T;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Work<T> = (items: readonly T[]) => Promise<void>;

/** The returned function resolves once the `work` that its item was part of is done, and rejects as that does. */
export function inBatches<T>(work: Work<T>, { max, maxMs, tooLate }: Batches): (item: T) => Promise<void> {
  const waiting: Waiting<T>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, max);
      const waited = performance.now() - (batch[0]?.since ?? 0);
      await settle(batch, () => inTime(work(batch.map(({ item }) => item)), maxMs - waited, tooLate));
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, since: performance.now(), resolve, reject });
      if (!isRunning) void run();
    });
}

/** Tells each of the batch what became of it. */
async function settle<T>(batch: readonly Waiting<T>[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
    for (const { resolve } of batch) resolve();
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** What is late goes on to its end, and nobody waits for it any more. */
async function inTime(work: Promise<void>, ms: number, tooLate: () => Error): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooLate()), ms);
  await Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
