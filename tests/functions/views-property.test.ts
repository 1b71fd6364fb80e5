/** Views are counted once and never lost: whatever is counted, rolled up, cut off and set wrong at the same time. */
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type Database, openDatabase } from "../../functions/lib/store/database.ts";
import { countViews, daysToRollUp, rollUp, viewsByDay } from "../../functions/lib/store/views.ts";
import { counterOf } from "../../functions/lib/views/counter.ts";
import { databaseOfWorker } from "../setup/database-of-worker.ts";
import { type Clock, openClock } from "./support/clock.ts";
import { sql } from "./support/database.ts";
import { openWire, type Wire } from "./support/wire.ts";

let clock: Clock;
let wire: Wire;
beforeAll(async () => {
  clock = await openClock(databaseOfWorker());
  wire = await openWire(clock.url);
});
afterAll(async () => {
  await wire.close();
  await clock.close();
});

const tables = ["day_salt", "view_seen", "view_source", "view_day", "view_total", "rolled_day"];
const hourMs = 3_600_000;

/** What happens at the same time, after the clock was set. */
interface Round {
  readonly hours: number;
  readonly hits: readonly { readonly visitor: number; readonly slug: string; readonly process: number }[];
  readonly rollUps: number;
  /** Milliseconds after which all connections are cut; absent: never. */
  readonly cutAfter: number | undefined;
  /** A process that begins anew, without what it knew. */
  readonly restarts: number | undefined;
}

const hit = fc.record({ visitor: fc.nat(5), slug: fc.constantFrom("one", "two"), process: fc.nat(1) });

const rounds: fc.Arbitrary<Round[]> = fc.array(
  fc.record({
    hours: fc.constantFrom(0, 1, 12, 24, 30, 48, -24, -48),
    // Few, so that a process sometimes sleeps through a day, or many at once.
    hits: fc.oneof(fc.array(hit, { maxLength: 2 }), fc.array(hit, { minLength: 10, maxLength: 25 })),
    rollUps: fc.nat(3),
    cutAfter: fc.option(fc.nat(8), { nil: undefined }),
    restarts: fc.option(fc.nat(1), { nil: undefined, freq: 4 }),
  }),
  { minLength: 2, maxLength: 6 },
);

/** What must be in the database, by day, slug and visitor. */
type Model = Map<string, Map<string, Set<number>>>;

const numRuns = Number(process.env["PROPERTY_RUNS"] ?? (inject("databaseKind") === "embedded" ? 5 : 15));

it("counts each visitor once a day and post, and never shows less, whatever happens at once", {
  timeout: 60_000 + numRuns * 10_000,
}, async () => {
  await fc.assert(fc.asyncProperty(rounds, live), { numRuns });
});

async function live(all: readonly Round[]): Promise<void> {
  for (const table of tables) await sql`DELETE FROM ${sql(table)}`;
  wire.up();
  const processes = [openDatabase(wire.url), openDatabase(wire.url)];
  const model: Model = new Map();
  let now = Date.parse("2028-02-28T12:00:00Z");
  let seen = 0;
  try {
    for (const round of all) {
      now += round.hours * hourMs;
      await clock.set(new Date(now));
      if (round.restarts !== undefined) {
        await processes[round.restarts]?.close();
        processes[round.restarts] = openDatabase(wire.url);
      }
      seen = await turn(round, { processes, model, seen, day: new Date(now).toISOString().slice(0, 10) });
    }
    await clock.set(new Date(now + 200 * hourMs));
    await rollUpAll(processes[0] as Database);
    expect(await byDay()).toEqual(expected(model));
    for (const table of ["day_salt", "view_seen", "view_source"])
      expect(await sql`SELECT FROM ${sql(table)}`).toEqual([]);
  } finally {
    for (const database of processes) await database.close();
  }
}

interface State {
  readonly processes: readonly Database[];
  readonly model: Model;
  /** The most that was shown so far. */
  readonly seen: number;
  readonly day: string;
}

async function turn(round: Round, { processes, model, seen, day }: State): Promise<number> {
  const isClosed = (await sql`SELECT FROM rolled_day WHERE day = ${day}::text::date`).length > 0;
  const hits = round.hits.map((hit) => () => count(processes[hit.process] as Database, hit));
  const rolls = Array.from({ length: round.rollUps }, (_, at) => rollUpAll(processes[at % 2] as Database));
  if (round.cutAfter !== undefined) {
    setTimeout(() => {
      wire.down();
      wire.up();
    }, round.cutAfter);
  }
  const shown: number[] = [];
  const look = async () => void shown.push(await total());
  const outcomes = await Promise.allSettled([...hits.map((hit) => hit()), ...rolls, look(), look()]);
  await new Promise((resolve) => setTimeout(resolve, (round.cutAfter ?? 0) + 2));
  // Whose answer was lost on the way does not know whether it was counted, and asks again.
  for (const [at, hit] of hits.entries()) if (outcomes[at]?.status === "rejected") await hit();
  if (!isClosed) for (const { slug, visitor } of round.hits) entry(model, day, slug).add(visitor);
  expect(await byDay()).toEqual(expected(model));
  for (const value of shown) expect(value).toBeGreaterThanOrEqual(seen);
  return total();
}

function count(database: Database, { visitor, slug }: Round["hits"][number]): Promise<void> {
  const reader = { network: `198.51.100.${visitor}`, userAgent: "Firefox", host: "exactly-once.example" };
  return counterOf({ database, random: randomBytes })({ slug, reader });
}

async function rollUpAll(database: Database): Promise<void> {
  for (const day of await database.run(daysToRollUp)) await database.transaction((sql) => rollUp(sql, day));
}

function entry(model: Model, day: string, slug: string): Set<number> {
  const slugs = model.get(day) ?? new Map<string, Set<number>>();
  model.set(day, slugs);
  const visitors = slugs.get(slug) ?? new Set<number>();
  slugs.set(slug, visitors);
  return visitors;
}

function expected(model: Model): Record<string, number> {
  const rows = [...model].flatMap(([day, slugs]) =>
    [...slugs].map(([slug, visitors]) => [`${day} ${slug}`, visitors.size] as const),
  );
  return Object.fromEntries(rows);
}

async function byDay(): Promise<Record<string, number>> {
  const rows = await viewsByDay(sql);
  const sum = rows.reduce((all, { views }) => all + views, 0);
  expect(await total()).toBe(sum);
  return Object.fromEntries(rows.map(({ day, slug, views }) => [`${day} ${slug}`, views]));
}

async function total(): Promise<number> {
  return [...(await countViews(sql)).values()].reduce((all, one) => all + one, 0);
}
