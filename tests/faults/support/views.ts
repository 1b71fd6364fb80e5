/** Faults of the view counter, each as often as the caller wishes: a few times in every test run, many in `npm run test:faults`. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { type Database, openDatabase, type Sql } from "../../../functions/lib/store/database.ts";
import { openEmbedded } from "../../../functions/lib/store/embedded.ts";
import { countViews, daysToRollUp, rollUp } from "../../../functions/lib/store/views.ts";
import { counterOf } from "../../../functions/lib/views/counter.ts";
import { migrated } from "../../setup/migrated.ts";
import { runAndKill } from "./killed.ts";

/** The number that readers see, of all posts. */
export async function totalOf(database: Pick<Database, "run">): Promise<number> {
  return [...(await database.run(countViews)).values()].reduce((all, one) => all + one, 0);
}

export async function rollUpAll(database: Database): Promise<void> {
  for (const day of await database.run(daysToRollUp)) await database.transaction((sql) => rollUp(sql, day));
}

/** As many past days as wished, with 600 views each over 20 posts. */
async function addDays(sql: Sql, days: number): Promise<void> {
  await sql`
    INSERT INTO view_seen (day, slug, visitor)
    SELECT (now() AT TIME ZONE 'UTC')::date - 2 - d, 'post-' || n % 20, substr(sha256((d || '-' || n || random())::bytea), 1, 16)
    FROM generate_series(1, ${days}::int) AS d, generate_series(1, 600) AS n`;
  await sql`
    INSERT INTO day_salt SELECT (now() AT TIME ZONE 'UTC')::date - 2 - d, sha256('salt') FROM generate_series(1, ${days}::int) AS d`;
}

/** F22: the total is the same before, during and after a roll-up that is killed, and nothing is left undone by the next. */
export async function killRollUps(url: string, kills: number): Promise<object> {
  const database = openDatabase(url, 60_000);
  let unfinished = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await database.run((sql) => sql`DELETE FROM rolled_day`);
      await database.run((sql) => addDays(sql, 6));
      const before = await totalOf(database);
      const killed = runAndKill("rolling-process", [url], 60);
      let isOver = false;
      const watch = (async () => {
        while (!isOver) expect(await totalOf(database)).toBe(before);
      })();
      const { said } = await killed.finally(() => {
        isOver = true;
      });
      await watch;
      unfinished += Number(!said.includes("done"));
      expect(await totalOf(database)).toBe(before);
      await rollUpAll(database);
      expect([await totalOf(database), await database.run(daysToRollUp)]).toEqual([before, []]);
    }
    return { kills, "in the middle": unfinished, lost: 0, doubled: 0 };
  } finally {
    await database.close();
  }
}

/** F36: every view that was acknowledged is there after the process was killed, none twice, and the database opens again. */
export async function killCounting(kills: number): Promise<object> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-killed-"));
  try {
    const first = await openEmbedded({ folder });
    await migrated(first.url);
    await first.close();
    let acknowledged = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const { said } = await runAndKill("counting-process", [folder, String(kill * 65_536)], 400);
      acknowledged += said.length;
      const embedded = await openEmbedded({ folder });
      const database = openDatabase(embedded.url, 60_000);
      const total = await totalOf(database);
      await database.close();
      await embedded.close();
      // At most those that were under way are there without having been acknowledged.
      expect(total).toBeGreaterThanOrEqual(acknowledged);
      expect(total).toBeLessThanOrEqual(acknowledged + 20 * (kill + 1));
    }
    expect(acknowledged).toBeGreaterThan(0);
    return { kills, acknowledged, lost: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** F21: exactly so many, over 200 posts and by two instances, while days are rolled up all the time. */
export async function countWhileRollingUp(url: string, hits: number): Promise<object> {
  const instances = [openDatabase(url, 60_000), openDatabase(url, 60_000)];
  const [first] = instances as [Database, Database];
  try {
    await first.run((sql) => addDays(sql, 10));
    const before = await totalOf(first);
    const counters = instances.map((database) => counterOf({ database, random: randomBytes }));
    let next = 0;
    const visit = async () => {
      for (let n = next++; n < hits; n = next++) {
        const network = `10.0.${(n >> 9) & 255}.${(n >> 1) & 255}`;
        const reader = { network, userAgent: "Firefox", host: "exactly-once.example" };
        // Each visitor comes twice, to both instances.
        await counters[n & 1]?.({ slug: `post-${(n >> 1) % 200}`, reader });
      }
    };
    let isOver = false;
    const roll = (async () => {
      while (!isOver) await rollUpAll(first);
    })();
    await Promise.all(Array.from({ length: 100 }, visit)).finally(() => {
      isOver = true;
    });
    await roll;
    expect(await totalOf(first)).toBe(before + hits / 2);
    await rollUpAll(first);
    expect(await totalOf(first)).toBe(before + hits / 2);
    return { hits, visitors: hits / 2, counted: hits / 2 };
  } finally {
    await Promise.all(instances.map((database) => database.close()));
  }
}
