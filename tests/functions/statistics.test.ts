import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../functions/lib/store/database.ts";
import { daysToRollUp, rollUp, today } from "../../functions/lib/store/views.ts";
import { readStatistics } from "../../functions/lib/views/statistics.ts";
import { databaseOfWorker } from "../setup/database-of-worker.ts";
import { emptyDatabase, sql } from "./support/database.ts";

const database = openDatabase(databaseOfWorker());
const names = new Map([
  ["old", "new"],
  ["new", "new"],
]);
beforeEach(emptyDatabase);
afterAll(() => database.close());

/** `views` different visitors, so many days ago. */
async function read(slug: string, ago: number, views: number): Promise<void> {
  for (let n = 0; n < views; n += 1)
    await sql`INSERT INTO view_seen SELECT (now() AT TIME ZONE 'UTC')::date - ${ago}::int, ${slug}, ${randomBytes(16)}`;
}

async function rollUpAll(): Promise<void> {
  for (const day of await database.run(daysToRollUp)) await database.transaction((sql) => rollUp(sql, day));
}

it("has a number for each post and each day, the same before and after the roll-up", async () => {
  await read("new", 0, 3);
  await read("new", 2, 1);
  await read("old", 2, 4);
  await read("other", 6, 2);
  const before = await readStatistics(database, { days: 4, names });
  expect(before.days).toHaveLength(4);
  expect(before.days.at(-1)).toBe(await database.run(today));
  expect(before.posts).toEqual([
    { slug: "new", views: 8, total: 8, byDay: [0, 5, 0, 3] },
    { slug: "other", views: 0, total: 2, byDay: [0, 0, 0, 0] },
  ]);
  await rollUpAll();
  expect(await readStatistics(database, { days: 4, names })).toEqual(before);
});

it("goes back to the first day there are numbers of, and counts what is older in the total", async () => {
  await read("new", 10, 1);
  await rollUpAll();
  // Views of before there were numbers by day.
  await sql`UPDATE view_total SET views = views + 100`;
  const { days, posts } = await readStatistics(database, { days: undefined, names });
  expect(days).toHaveLength(11);
  expect(posts).toEqual([{ slug: "new", views: 1, total: 101, byDay: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
});

it("has today, and no posts, when nothing was ever read", async () => {
  const day = await database.run(today);
  for (const days of [1, undefined])
    expect(await readStatistics(database, { days, names })).toEqual({ days: [day], posts: [] });
});
