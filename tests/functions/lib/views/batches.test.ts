import fc from "fast-check";
import { expect, it } from "vitest";
import { type Batches, inBatches } from "../../../../functions/lib/views/batches.ts";

/** Work whose end the test decides. */
function controlled(options: Partial<Batches> = {}) {
  const pieces: { readonly items: readonly number[]; end(error?: Error): void }[] = [];
  const work = (items: readonly number[]) =>
    new Promise<void>((resolve, reject) => pieces.push({ items, end: (error) => (error ? reject(error) : resolve()) }));
  const add = inBatches(work, { max: 3, maxMs: 60_000, tooLate: () => new Error("too late"), ...options });
  return { pieces, add, done: () => pieces.map(({ items }) => items) };
}

/** Lets everything happen that waits for nobody. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it("begins at once with an item that comes alone", () => {
  const { add, done } = controlled();
  void add(1);
  expect(done()).toEqual([[1]]);
});

it("gathers what comes meanwhile, in order, and in pieces that are not too large", async () => {
  const { add, done, pieces } = controlled();
  for (const n of [1, 2, 3, 4, 5, 6]) void add(n);
  pieces[0]?.end();
  await settled();
  expect(done()).toEqual([[1], [2, 3, 4]]);
  pieces[1]?.end();
  await settled();
  expect(done()).toEqual([[1], [2, 3, 4], [5, 6]]);
});

it("tells nobody that it is done before it is", async () => {
  const { add, pieces } = controlled();
  const told: number[] = [];
  for (const n of [1, 2]) void add(n).then(() => told.push(n));
  await settled();
  expect(told).toEqual([]);
  pieces[0]?.end();
  await settled();
  expect(told).toEqual([1]);
});

it("tells the failure of a piece to those who were in it, and goes on", async () => {
  const { add, pieces } = controlled();
  const [first, second, third] = [add(1), add(2), add(3)];
  pieces[0]?.end();
  await first;
  await settled();
  pieces[1]?.end(new Error("down"));
  await expect(second).rejects.toThrow("down");
  await expect(third).rejects.toThrow("down");
  const fourth = add(4);
  await settled();
  pieces[2]?.end();
  expect(await fourth).toBeUndefined();
});

it("gives up on what takes too long, the wait for its turn included, and not on what came later", async () => {
  const { add, pieces, done } = controlled({ maxMs: 60 });
  const first = add(1);
  const waits = add(2);
  await expect(first).rejects.toThrow("too late");
  await expect(waits).rejects.toThrow("too late");
  const later = add(3);
  pieces.at(-1)?.end();
  await later;
  expect(done()).toEqual([[1], [2], [3]]);
});

it("does every item once, however they come and whichever pieces fail", async () => {
  const times = fc.array(fc.record({ pause: fc.nat(3), fails: fc.boolean() }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(times, async (items) => {
      const seen: number[] = [];
      const work = async (batch: readonly number[]) => {
        await settled();
        seen.push(...batch);
        if (batch.some((n) => items[n]?.fails)) throw new Error("down");
      };
      const add = inBatches(work, { max: 4, maxMs: 60_000, tooLate: () => new Error("too late") });
      const all: Promise<unknown>[] = [];
      for (const [n, { pause }] of items.entries()) {
        all.push(add(n).catch((error: Error) => error));
        for (let at = 0; at < pause; at += 1) await settled();
      }
      const outcomes = await Promise.all(all);
      for (const [n, { fails }] of items.entries()) if (fails) expect(outcomes[n]).toBeInstanceOf(Error);
      expect(seen).toEqual([...items.keys()]);
    }),
    { numRuns: 50 },
  );
});
