import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, expect, inject, it } from "vitest";
import { openDatabase } from "../../../../functions/lib/store/database.ts";
import { addView, countViews, daysToRollUp, rollUp, saltOfToday } from "../../../../functions/lib/store/views.ts";
import { emptyDatabase, sql } from "../../support/database.ts";

const database = openDatabase(inject("databaseUrl"));
beforeEach(emptyDatabase);
afterAll(() => database.close());

const total = async () => (await database.run(countViews)).get("post") ?? 0;

it("gives everybody the same salt for the day", async () => {
  const asked = Array.from({ length: 20 }, () => database.run((sql) => saltOfToday(sql, randomBytes(32))));
  const salts = (await Promise.all(asked)).map(({ day, salt }) => `${day} ${salt.toString("hex")}`);
  expect(new Set(salts).size).toBe(1);
  expect(salts[0]).toMatch(/^\d{4}-\d\d-\d\d [\da-f]{64}$/);
});

it("adds no view to a day that is not today", async () => {
  const visitor = randomBytes(16);
  for (const day of ["2000-01-01", "2999-12-31"]) {
    expect(await database.run((sql) => addView(sql, { day, slug: "post", visitor }))).toBe(false);
  }
  expect(await total()).toBe(0);
});

it("never shows fewer views, while days are counted and rolled up at once", async () => {
  const { day } = await database.run((sql) => saltOfToday(sql, randomBytes(32)));
  let added = 0;
  let seen = 0;
  const add = async () => {
    expect(await database.run((sql) => addView(sql, { day, slug: "post", visitor: randomBytes(16) }))).toBe(true);
    added += 1;
  };
  const look = async () => {
    const before = added;
    const now = await total();
    expect(now).toBeGreaterThanOrEqual(Math.max(seen, before));
    seen = now;
  };
  for (let age = 1; age <= 5; age += 1) {
    await Promise.all(Array.from({ length: 20 }, add));
    await sql`INSERT INTO day_salt VALUES (${day}::text::date - ${age}::int, ${randomBytes(32)})`;
    await sql`UPDATE view_seen SET day = day - ${age}::int WHERE day = ${day}::text::date`;
    const [old = ""] = await database.run(daysToRollUp);
    const rolls = [1, 2, 3].map(() => database.transaction((sql) => rollUp(sql, old)));
    await Promise.all([...rolls, look(), add(), look()]);
    expect((await Promise.all(rolls)).filter(Boolean)).toHaveLength(1);
    await look();
  }
  expect(await total()).toBe(added);
  expect(await database.run(daysToRollUp)).toEqual([]);
});

it("leaves a day alone until ten minutes after its end", async () => {
  const [due] = await sql`
    SELECT (now() AT TIME ZONE 'UTC')::time >= '00:10' AS yesterday, ((now() AT TIME ZONE 'UTC')::date - 1)::text AS day`;
  await sql`INSERT INTO day_salt SELECT (now() AT TIME ZONE 'UTC')::date - n, '\\x00' FROM generate_series(0, 1) AS n`;
  expect(await database.run(daysToRollUp)).toEqual(due?.["yesterday"] ? [due["day"]] : []);
});
