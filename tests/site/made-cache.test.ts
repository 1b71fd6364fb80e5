/** What is kept from one build to the next must be whole, whoever was killed while writing it. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MadeCache, openMadeCache } from "../../site/made-cache.ts";

let folder: string;
let cache: MadeCache;
let made: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "firstflight-cache-"));
  cache = openMadeCache(folder, "pictures");
  made = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const content = { "400.avif": Uint8Array.from({ length: 5_000 }, (_, at) => at % 251) };
const ask = (name = "a.page") =>
  cache.recall(name, async () => {
    made += 1;
    return content;
  });
const file = (name = "a.page") => path.join(folder, "pictures", name);
const kept = async () => (await readdir(path.join(folder, "pictures"))).filter((name) => name !== "pruned").sort();
const day = 86_400_000;
const lastUsed = (name: string, days: number) => {
  const then = new Date(Date.now() - days * day);
  return utimes(file(name), then, then);
};

test("makes a thing once, and gives it the same from then on", async () => {
  for (let time = 0; time < 3; time += 1) expect(await ask()).toEqual(content);
  expect(made).toBe(1);
});

test("counts what it found and made, and the time that it once took to make what it found", async () => {
  let spent = 0;
  const slowly = () => {
    const started = performance.now();
    while (performance.now() - started < 5);
    spent += performance.now() - started;
    return "slow";
  };
  cache.recallNow("a", slowly);
  await cache.recall("b", async () => slowly());
  expect(cache.use()).toEqual({ found: 0, made: 2, savedMs: 0 });
  const next = openMadeCache(folder, "pictures");
  for (const name of ["a", "b", "c"]) next.recallNow(name, () => "quick");
  expect(next.use()).toMatchObject({ found: 2, made: 1 });
  expect(next.use().savedMs).toBeGreaterThanOrEqual(spent);
});

test.each([
  [
    "cut off anywhere",
    async () => {
      const whole = await readFile(file());
      return [0, 1, 31, 32, 40, whole.length / 2, whole.length - 1].map((length) => whole.subarray(0, length));
    },
  ],
  [
    "with one wrong bit",
    async () => {
      const whole = await readFile(file());
      return [0, 33, whole.length - 1].map((at) => whole.map((byte, index) => (index === at ? byte ^ 1 : byte)));
    },
  ],
  ["that is something else", async () => [Buffer.from("no entry"), Buffer.alloc(9_000)]],
])("makes an entry again that is %s", async (_title, damage) => {
  await ask();
  for (const damaged of await damage()) {
    const before = made;
    await writeFile(file(), damaged);
    expect(await ask()).toEqual(content);
    expect(await ask()).toEqual(content);
    expect(made).toBe(before + 1);
  }
});

test("is as good as none where it cannot be written", async () => {
  await writeFile(path.join(folder, "file"), "");
  cache = openMadeCache(path.join(folder, "file"), "pictures");
  expect(await ask()).toEqual(content);
  await cache.prune();
});

test("leaves one whole entry and nothing besides when many make it at once", async () => {
  const caches = Array.from({ length: 8 }, () => openMadeCache(folder, "pictures"));
  const all = await Promise.all(caches.map((one) => one.recall("a.page", async () => content)));
  expect(all).toEqual(caches.map(() => content));
  expect(await readdir(path.join(folder, "pictures"))).toEqual(["a.page"]);
  await ask();
  expect(made).toBe(0);
});

test("passes on why a thing could not be made, and keeps nothing of it", async () => {
  const failing = cache.recall("a.page", () => Promise.reject(new Error("out of ink")));
  await expect(failing).rejects.toThrow("out of ink");
  await ask();
  expect(made).toBe(1);
});

test("forgets what nobody has used for a month, and what a killed build left behind", async () => {
  for (const name of ["old.page", "used.page", "new.page"]) await ask(name);
  await writeFile(file("a.1234.part"), "cut of");
  await writeFile(file("b.1234.part"), "being written");
  await Promise.all([lastUsed("old.page", 31), lastUsed("used.page", 29), lastUsed("a.1234.part", 2)]);
  await ask("used.page");
  expect(Date.now() - (await stat(file("used.page"))).mtimeMs).toBeLessThan(day);
  await cache.prune();
  expect(await kept()).toEqual(["b.1234.part", "new.page", "used.page"]);
});

test("leaves alone what it has not made, and goes on beside it", async () => {
  for (const name of ["a.page", "z.page"]) await ask(name);
  await mkdir(file("m"));
  for (const name of ["a.page", "m", "z.page"]) await lastUsed(name, 31);
  await cache.prune();
  expect(await kept()).toEqual(["m"]);
});

test("looks for what is out of use once a day", async () => {
  await ask("old.page");
  await cache.prune();
  await lastUsed("old.page", 31);
  await cache.prune();
  expect(await kept()).toEqual(["old.page"]);
  await lastUsed("pruned", 1.1);
  await cache.prune();
  expect(await kept()).toEqual([]);
});
