/** What may go wrong with the view counter, a few times each. `npm run test:faults` has more of it. */
import { afterAll, beforeEach, expect, inject, it, vi } from "vitest";
import { closeServices } from "../../functions/lib/services.ts";
import { site } from "../../functions/lib/site-manifest.ts";
import sweep from "../../functions/sweep.ts";
import views from "../../functions/views.ts";
import { countWhileRollingUp, killCounting, killRollUps } from "../faults/support/views.ts";
import { databaseOfWorker } from "../setup/database-of-worker.ts";
import { emptyDatabase, everything, sql } from "./support/database.ts";
import { browser, json, send } from "./support/doors.ts";
import { setEnvironment } from "./support/environment.ts";
import { openWire } from "./support/wire.ts";

const path = "/api/views";
const [post] = site.posts;
const view = () => json({ slug: post?.slug }, { ...browser, Accept: "*/*" });
const slow = 120_000;

beforeEach(async () => {
  await setEnvironment({});
  await emptyDatabase();
});
afterAll(closeServices);

it("loses and doubles nothing of 10,000 hits on 200 posts while days are rolled up", { timeout: slow }, async () => {
  await countWhileRollingUp(databaseOfWorker(), 10_000);
});

it("shows the same total when a roll-up is killed, at any moment", { timeout: slow }, async () => {
  await killRollUps(databaseOfWorker(), 4);
});

it.runIf(inject("databaseKind") === "embedded")(
  "has every view that it acknowledged when npm start is killed",
  { timeout: slow },
  async () => {
    await killCounting(2);
  },
);

it("keeps to the database's day, however wrong the clock of the function is", async () => {
  const [today] = await sql`SELECT (now() AT TIME ZONE 'UTC')::date::text AS day`;
  try {
    for (const days of [0, -1, 1, 366]) {
      vi.useFakeTimers({ now: Date.now() + days * 86_400_000, toFake: ["Date"] });
      await setEnvironment({});
      expect((await send(views, path, view())).status).toBe(204);
      await send(sweep, "/", { method: "POST" });
      vi.useRealTimers();
    }
  } finally {
    vi.useRealTimers();
  }
  expect(await sql`SELECT day::text AS day FROM view_seen`).toEqual([today]);
});

it("keeps, after a year, numbers and nothing else", async () => {
  await send(views, path, view());
  for (const table of ["day_salt", "view_seen", "view_source"]) await sql`UPDATE ${sql(table)} SET day = day - 365`;
  await send(sweep, "/", { method: "POST" });
  for (const table of ["day_salt", "view_seen", "view_source"])
    expect(await sql`SELECT FROM ${sql(table)}`).toEqual([]);
  const columns = await sql`
    SELECT DISTINCT data_type FROM information_schema.columns
    WHERE table_name IN ('view_day', 'view_total', 'rolled_day') ORDER BY data_type`;
  expect(columns.map((column) => column["data_type"])).toEqual(["bigint", "date", "text"]);
  expect(await sql`SELECT slug, views::int AS views FROM view_total`).toEqual([{ slug: post?.slug, views: 1 }]);
});

it("changes nothing when it is only asked", async () => {
  await send(views, path, view());
  const before = await everything();
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
    await Promise.all(Array.from({ length: 100 }, () => send(views, path, { method, headers: browser })));
  expect(await everything()).toBe(before);
});

it.runIf(inject("databaseKind") === "postgresql")(
  "waits for a database that wakes slowly, answers in time when it is slow, and opens no more connections than it may",
  { timeout: slow },
  async () => {
    const wire = await openWire(databaseOfWorker());
    await setEnvironment({ DATABASE_URL: wire.url });
    wire.delays = { each: 0, first: 3_000 };
    expect((await send(views, path, view())).status).toBe(204);
    wire.delays = { each: 2_000, first: 2_000 };
    const answers = Array.from({ length: 8 }, async (_, n) => {
      const began = performance.now();
      const { status, headers } = await send(views, path, { ...view(), ip: `198.51.100.${n}` });
      return { status, retry: headers.get("Retry-After"), isInTime: performance.now() - began < 8_500 };
    });
    for (const { status, retry, isInTime } of await Promise.all(answers)) {
      expect(status === 204 || (status === 503 && retry === "60")).toBe(true);
      expect(isInTime).toBe(true);
    }
    expect(wire.mostConnections).toBeLessThanOrEqual(2);
    await closeServices();
    await wire.close();
  },
);
