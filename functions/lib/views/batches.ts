/** One piece of work at a time; what arrives meanwhile is the next piece. Nobody waits for company: alone, an item goes at once. */

export interface Batches {
  /** Most items of one piece. */
  readonly max: number;
  /** An item that waited longer for its turn is rejected with `tooLate()`. */
  readonly maxWaitMs: number;
  readonly tooLate: () => Error;
}

interface Waiting<T> {
  readonly item: T;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The returned function resolves once the `work` that its item was part of is done, and rejects as that does. */
export function inBatches<T>(
  work: (items: readonly T[]) => Promise<void>,
  { max, maxWaitMs, tooLate }: Batches,
): (item: T) => Promise<void> {
  const waiting: Waiting<T>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const due = waiting.splice(0, max);
      const oldest = performance.now() - maxWaitMs;
      for (const late of due.filter(({ since }) => since < oldest)) late.reject(tooLate());
      const batch = due.filter(({ since }) => since >= oldest);
      if (batch.length > 0) await settle(batch, work);
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, since: performance.now(), resolve, reject });
      if (!isRunning) void run();
    });
}

async function settle<T>(batch: readonly Waiting<T>[], work: (items: readonly T[]) => Promise<void>): Promise<void> {
  try {
    await work(batch.map(({ item }) => item));
    for (const { resolve } of batch) resolve();
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
