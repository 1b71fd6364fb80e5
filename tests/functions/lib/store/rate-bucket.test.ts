import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { limits, type Rate } from "../../../../functions/lib/limits.ts";
import { openDatabase } from "../../../../functions/lib/store/database.ts";
import { removeFullBuckets, takeToken } from "../../../../functions/lib/store/rate-bucket.ts";
import { databaseOfWorker } from "../../../setup/database-of-worker.ts";
import { emptyDatabase, sql } from "../../support/database.ts";

const databases = Array.from({ length: 4 }, () => openDatabase(databaseOfWorker(), 60_000));
beforeEach(emptyDatabase);
afterAll(() => Promise.all(databases.map((database) => database.close())));

const five = { burst: 5, secondsPerToken: 60 };

/** How many of `times` tries at once, over several connections, get a token; the n-th try uses the key that `keyOf` gives. */
async function granted(times: number, keyOf: (n: number) => string, rate: Rate = five): Promise<number> {
  const tries = Array.from({ length: times }, (_, n) =>
    databases[n % databases.length]?.run((sql) => takeToken(sql, { key: Buffer.from(keyOf(n)), ...rate })),
  );
  return (await Promise.all(tries)).filter(Boolean).length;
}

describe("a budget of five", () => {
  it("lets exactly five of a thousand pass that come at once", async () => {
    expect(await granted(1_000, () => "one")).toBe(5);
  });

  it("lets five of each pass when there are two hundred", async () => {
    expect(await granted(1_000, (n) => `key ${n % 200}`)).toBe(1_000);
    expect(await granted(200, (n) => `key ${n}`)).toBe(0);
  });

  it("gives one more for each minute that goes by, never more than five, by the database's clock", async () => {
    await granted(10, () => "one");
    const passes = async (interval: string) => {
      await sql`UPDATE rate_bucket SET at = at - ${interval}::text::interval`;
      return granted(10, () => "one");
    };
    expect([await passes("59 seconds"), await passes("1 second"), await passes("3 minutes")]).toEqual([0, 1, 3]);
    expect(await passes("10 days")).toBe(5);
  });

  it("is not refilled by a transaction that began before the last use", async () => {
    await granted(5, () => "one");
    await sql`UPDATE rate_bucket SET at = now() + interval '1 hour'`;
    expect(await granted(3, () => "one")).toBe(0);
  });

  it("has its token again after a rollback", async () => {
    const [database] = databases;
    const undone = database?.transaction(async (sql) => {
      await takeToken(sql, { key: Buffer.from("one"), ...five });
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect(await granted(10, () => "one")).toBe(5);
  });
});

it("forgets budgets after a day, when each of them is full again", async () => {
  await granted(3, (n) => `key ${n}`);
  await sql`UPDATE rate_bucket SET at = now() - interval '25 hours' WHERE k <> ${Buffer.from("key 1")}`;
  expect(await databases[0]?.run(removeFullBuckets)).toBe(2);
  const rates = Object.values(limits).filter((limit) => typeof limit === "object" && "burst" in limit);
  expect(rates.length).toBeGreaterThan(4);
  for (const { burst, secondsPerToken } of rates)
    expect(burst * secondsPerToken).toBeLessThanOrEqual(limits.rateKeepHours * 3600);
});
