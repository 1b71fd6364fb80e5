/** Measures views a second and memory, and prints them. */
import { openDatabase } from "../../functions/lib/store/database.ts";
import { today } from "../../functions/lib/store/views.ts";
import { type Measured, runPgbench } from "./pgbench.ts";
import { memoryOf, type Server, sendReaders } from "./server.ts";

export interface Course {
  readonly slugs: readonly string[];
  readonly rounds: number;
  /** Of each round and side. */
  readonly seconds: number;
  /** Absent on a machine that has none. */
  readonly pgbench: string | undefined;
  readonly mode: "prepared" | "extended";
}

/** Each round with an empty set of views, first for the door, then for PostgreSQL's own benchmark. */
export async function showRounds(server: Server, { slugs, rounds, seconds, pgbench, mode }: Course): Promise<void> {
  const { databaseUrl } = server;
  const database = openDatabase(databaseUrl, 60_000);
  const rows: Record<string, object> = {};
  const shares: string[] = [];
  for (let n = 1; n <= rounds; n += 1) {
    await database.run((sql) => sql`TRUNCATE view_seen, view_source`);
    const ours = await sendReaders(server, { slugs, seconds });
    rows[`${n} door`] = figures(ours);
    if (!pgbench) continue;
    await database.run((sql) => sql`TRUNCATE view_seen, view_source`);
    const day = await database.run(today);
    const theirs = await runPgbench({ pgbench, databaseUrl, mode, seconds, posts: slugs.length, day });
    rows[`${n} pgbench`] = figures(theirs);
    shares.push(`${Math.round((100 * ours.perSecond) / theirs.perSecond)} %`);
  }
  await database.close();
  console.table(rows);
  if (shares.length > 0) console.log(`Door to pgbench: ${shares.join(", ")}\n`);
}

export async function showMemory(server: Server, slugs: readonly string[], requests: number): Promise<void> {
  const steps = 5;
  console.log("Memory of the process after views: MB in use, garbage collected, and MB as the system sees it\n");
  const rows: Record<string, object> = {};
  for (let step = 0; step <= steps; step += 1) {
    if (step > 0) await sendReaders(server, { slugs, requests: requests / steps });
    const { heapUsed, rss } = await memoryOf(server);
    rows[(requests / steps) * step] = { "in use": tenths(heapUsed / 1e6), system: tenths(rss / 1e6) };
  }
  console.table(rows);
}

function figures({ perSecond, p50, p99 }: Measured): object {
  return { "per second": Math.round(perSecond), "p50 ms": tenths(p50), "p99 ms": tenths(p99) };
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
