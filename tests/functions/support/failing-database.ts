/** A database that crashes, or whose connections are cut, while an issue is being mailed; and what the mails come to. */
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import { migrated } from "../../setup/migrated.ts";
import { startPostgres } from "../../setup/postgres.ts";
import type { Moment } from "./broken-relay.ts";
import { sql } from "./database.ts";
import { type Losses, lossesOf } from "./losses.ts";
import { armIssue, countStates, type Newsletter, sendNow, subscribe, useRelay } from "./sending.ts";

const isOpen = (states: Readonly<Record<string, number>>) =>
  ["queued", "leased", "inflight"].some((state) => states[state]);

/** F12: PostgreSQL crashes so many times between a dot and its reply, and comes back a moment later. */
export async function crashWhileSending(
  opened: Newsletter,
  { recipients, crashes }: { readonly recipients: number; readonly crashes: number },
): Promise<Losses> {
  const cluster = await startPostgres();
  await migrated(cluster.url);
  await subscribe(recipients);
  await armIssue(opened);
  await copyTo(cluster.url);
  const sum = { faults: 0, samples: 0 };
  let back: Promise<void> = Promise.resolve();
  let isDown = false;
  const behave = async ({ stage }: Moment): Promise<undefined> => {
    const due = ((sum.faults + 1) * recipients) / (crashes + 1);
    if (stage !== "dot" || isDown || sum.faults === crashes || opened.relay.taken.length < due) return;
    isDown = true;
    sum.faults += 1;
    await cluster.crash();
    back = wait(300)
      .then(cluster.restart)
      .then(() => {
        isDown = false;
      });
  };
  await useRelay(opened, { behave, environment: { DATABASE_URL: cluster.url } });
  let mailed: Awaited<ReturnType<typeof lossesOf>> | undefined;
  while (!mailed) {
    await sendNow();
    await back;
    mailed = await withDatabase(cluster.url, async (there) => {
      // No sender is left to hold a lease: as if its time had gone by.
      await there`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state IN ('leased', 'inflight')`;
      await expireDeliveries(there);
      await there`UPDATE site_state SET relay_rest_until = NULL`;
      sum.samples += 1;
      return isOpen(await countStates(there)) ? undefined : lossesOf(opened, there);
    });
  }
  await useRelay(opened);
  await cluster.stop();
  return { ...mailed, ...sum };
}

async function withDatabase<T>(url: string, work: (database: postgres.Sql) => Promise<T>): Promise<T> {
  const there = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(there);
  } finally {
    await there.end();
  }
}

/** What there is of an armed issue, in another database. */
async function copyTo(url: string): Promise<void> {
  await withDatabase(url, async (there) => {
    for (const table of ["subscriber", "site_state", "issue", "delivery"]) {
      const json = JSON.stringify(await sql`SELECT * FROM ${sql(table)}`);
      await there`
        INSERT INTO ${there(table)} OVERRIDING SYSTEM VALUE
        SELECT * FROM jsonb_populate_recordset(null::${there(table)}, ${json}::text::jsonb)`;
    }
  });
}

/** F13: every 40 milliseconds each connection to the database is cut, in the middle of a commit or elsewhere, until all is mailed. */
export async function cutWhileSending(opened: Newsletter, recipients: number): Promise<Losses> {
  await subscribe(recipients);
  await armIssue(opened);
  await useRelay(opened);
  const sum = { faults: 0, samples: 0 };
  let isOver = false;
  const storm = (async () => {
    while (!isOver) {
      const [row] = await sql<{ n: number }[]>`
        SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND datname = current_database()`;
      sum.faults += row?.n ?? 0;
      await countStates();
      sum.samples += 1;
      await wait(40);
    }
  })();
  while (isOpen(await countStates())) {
    await sendNow();
    await sql`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state = 'leased'`;
    await sql`UPDATE site_state SET relay_rest_until = NULL`;
  }
  isOver = true;
  await storm;
  return { ...(await lossesOf(opened)), ...sum };
}
