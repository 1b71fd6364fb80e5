import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../../../functions/lib/limits.ts";
import { openDatabase } from "../../../../functions/lib/store/database.ts";
import {
  addViews,
  countViews,
  daysToRollUp,
  rollUp,
  saltOfToday,
  type View,
  viewsByDay,
} from "../../../../functions/lib/store/views.ts";
import { databaseOfWorker } from "../../../setup/database-of-worker.ts";
import { emptyDatabase, sql } from "../../support/database.ts";

const database = openDatabase(databaseOfWorker());
beforeEach(emptyDatabase);
afterAll(() => database.close());

const max = limits.viewVisitorsPerSource;
const total = async (slug = "post") => (await database.run(countViews)).get(slug) ?? 0;

const today = () => database.run((sql) => saltOfToday(sql, randomBytes(32)));

/** A visitor from a network of its own, unless it says otherwise. */
function view(given: Partial<View> = {}): View {
  return { slug: "post", visitor: randomBytes(16), source: randomBytes(16), ...given };
}

const crowd = (size: number, given: Partial<View> = {}) => Array.from({ length: size }, () => view(given));

async function add(...views: readonly View[]): Promise<boolean> {
  const { day } = await today();
  return database.run((sql) => addViews(sql, day, views));
}

/** As if `days` had passed. */
async function age(days: number): Promise<void> {
  for (const table of ["day_salt", "view_seen", "view_source"])
    await sql`UPDATE ${sql(table)} SET day = day - ${days}::int`;
}

async function rollUpAll(): Promise<boolean[]> {
  const days = await database.run(daysToRollUp);
  return Promise.all(days.map((day) => database.transaction((sql) => rollUp(sql, day))));
}

it("gives everybody the same salt for the day", async () => {
  const salts = (await Promise.all(Array.from({ length: 20 }, today))).map(
    ({ day, salt }) => `${day} ${salt.toString("hex")}`,
  );
  expect(new Set(salts).size).toBe(1);
  expect(salts[0]).toMatch(/^\d{4}-\d\d-\d\d [\da-f]{64}$/);
});

it("adds no view to a day that is not today", async () => {
  for (const day of ["2000-01-01", "2999-12-31"]) {
    expect(await database.run((sql) => addViews(sql, day, [view()]))).toBe(false);
  }
  expect(await total()).toBe(0);
});

it("counts a visitor once, however often the view is in one statement or in several at once", async () => {
  const visitor = view();
  const other = view({ slug: "other", visitor: visitor.visitor, source: visitor.source });
  await Promise.all(Array.from({ length: 20 }, () => add(visitor, other, visitor)));
  expect([await total(), await total("other")]).toEqual([1, 1]);
});

describe("the share of one network", () => {
  const source = randomBytes(16);

  it("lets as many new visitors in as it has room for, in one statement", async () => {
    await add(...crowd(max + 50, { source }), view());
    expect(await total()).toBe(max + 1);
  });

  it("lets as many in when they come one after the other, and keeps those who are in for every other post", async () => {
    const first = crowd(max - 1, { source });
    await add(...first);
    for (const late of crowd(3, { source })) await add(late);
    expect(await total()).toBe(max);
    await add(...first.map((one) => ({ ...one, slug: "other" })), ...first);
    expect([await total(), await total("other")]).toEqual([max, max - 1]);
  });

  it("lets no more in when they come at once", async () => {
    await Promise.all(Array.from({ length: 40 }, () => add(...crowd(20, { source }))));
    expect(await total()).toBe(max);
  });

  it("is new each day", async () => {
    await add(...crowd(max, { source }));
    await age(1);
    await add(...crowd(max, { source }));
    expect(await total()).toBe(2 * max);
  });
});

it("never shows fewer views, while days are counted and rolled up at once", async () => {
  let added = 0;
  let seen = 0;
  const addOne = async () => {
    expect(await add(view())).toBe(true);
    added += 1;
  };
  const look = async () => {
    const before = added;
    const now = await total();
    expect(now).toBeGreaterThanOrEqual(Math.max(seen, before));
    seen = now;
  };
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 20 }, addOne));
    await age(2);
    const [old = ""] = await database.run(daysToRollUp);
    const rolls = [1, 2, 3].map(() => database.transaction((sql) => rollUp(sql, old)));
    await Promise.all([...rolls, look(), addOne(), look()]);
    expect((await Promise.all(rolls)).filter(Boolean)).toHaveLength(round === 0 ? 1 : 0);
    await look();
  }
  expect(await total()).toBe(added);
  expect(await database.run(daysToRollUp)).toEqual([]);
});

it("keeps the numbers of each day and post, before and after they are rolled up, and nobody's traces", async () => {
  await add(...crowd(3), view({ slug: "other" }));
  await age(2);
  await add(...crowd(2));
  const before = await database.run(viewsByDay);
  expect(before.map(({ slug, views }) => [slug, views])).toEqual([
    ["other", 1],
    ["post", 3],
    ["post", 2],
  ]);
  await rollUpAll();
  expect(await database.run(viewsByDay)).toEqual(before);
  expect([await total(), await total("other")]).toEqual([5, 1]);
  const [left] = await sql`
    SELECT (SELECT count(*) FROM day_salt)::int AS salts, (SELECT count(*) FROM view_seen)::int AS seen,
      (SELECT count(*) FROM view_source)::int AS sources`;
  expect(left).toEqual({ salts: 1, seen: 2, sources: 2 });
});

it("takes no view for a day that was rolled up, whose visitors it can no longer tell apart", async () => {
  const { day } = await today();
  await add(...crowd(3));
  // The clock was ahead, and is set right again.
  await database.transaction((sql) => rollUp(sql, day));
  expect(await database.run((sql) => addViews(sql, day, [view()]))).toBe(true);
  expect(await total()).toBe(3);
});

it("takes up what came to a day after all, and counts it once", async () => {
  const { day } = await today();
  await database.transaction((sql) => rollUp(sql, day));
  await sql`INSERT INTO view_seen (day, slug, visitor) VALUES (${day}::text::date - 3, 'post', ${randomBytes(16)})`;
  await sql`INSERT INTO rolled_day VALUES (${day}::text::date - 3)`;
  expect([await total(), await rollUpAll(), await total()]).toEqual([1, [false], 1]);
  expect(await sql`SELECT FROM view_seen`).toHaveLength(0);
});

it("leaves a day alone until ten minutes after its end", async () => {
  const [due] = await sql`
    SELECT (now() AT TIME ZONE 'UTC')::time >= '00:10' AS yesterday, ((now() AT TIME ZONE 'UTC')::date - 1)::text AS day`;
  await sql`INSERT INTO day_salt SELECT (now() AT TIME ZONE 'UTC')::date - n, '\\x00' FROM generate_series(0, 1) AS n`;
  expect(await database.run(daysToRollUp)).toEqual(due?.["yesterday"] ? [due["day"]] : []);
});
