/** A database that crashes, or whose connections are cut, while an issue is being mailed; and what the mails come to. */
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { expect } from "vitest";
import { confirmToken } from "../../../functions/lib/newsletter/tokens.ts";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import unsubscribe from "../../../functions/unsubscribe.ts";
import { migrated } from "../../setup/migrated.ts";
import { startPostgres } from "../../setup/postgres.ts";
import type { Moment } from "./broken-relay.ts";
import { sql } from "./database.ts";
import { form, send } from "./doors.ts";
import { type Losses, lossesOf } from "./losses.ts";
import { keys, press, signUp, tokenFor } from "./newsletter.ts";
import { armIssue, countStates, type Newsletter, sendNow, subscribe, useRelay } from "./sending.ts";

/** A run that ends amid a mail leaves it unknown: none is to end here. */
const forMs = 600_000;

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
    await sendNow(undefined, forMs);
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

/** Cuts each connection to the database but the one that says so, and gives their number. */
async function cutAll(): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()`;
  return row?.n ?? 0;
}

/** Cuts each connection to the database again and again, in the middle of a commit or elsewhere, while `work` goes on. Gives the number cut. */
async function cutWhile(
  work: () => Promise<void>,
  { everyMs, look }: { readonly everyMs: number; readonly look: () => Promise<unknown> },
): Promise<number> {
  let cuts = 0;
  let isOver = false;
  const storm = async () => {
    while (!isOver) {
      cuts += await cutAll();
      await look();
      await wait(everyMs);
    }
  };
  const over = work().finally(() => {
    isOver = true;
  });
  await Promise.all([over, storm()]);
  return cuts;
}

/** F13: the connections are cut every 40 milliseconds until all is mailed. */
export async function cutWhileSending(opened: Newsletter, recipients: number): Promise<Losses> {
  await subscribe(recipients);
  await armIssue(opened);
  await useRelay(opened);
  let samples = 0;
  const look = async () => {
    await countStates();
    samples += 1;
  };
  const faults = await cutWhile(
    async () => {
      while (isOpen(await countStates())) {
        await sendNow(undefined, forMs);
        await sql`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state = 'leased'`;
        await sql`UPDATE site_state SET relay_rest_until = NULL`;
      }
    },
    { everyMs: 40, look },
  );
  return { ...(await lossesOf(opened)), faults, samples };
}

export interface Visits {
  readonly people: number;
  readonly cuts: number;
  readonly requests: number;
  /** Answered 5xx, and sent once more. */
  readonly retried: number;
  /** Answered otherwise than they should be, after that. */
  readonly wrong: number;
  /** Steps that were taken, each of which has its one record. */
  readonly records: number;
}

/** So many requests after the last one the connections are cut again: a request that was cut gets through when it is sent once more. */
const requestsToACut = 8;

/** F13: people sign up, confirm and unsubscribe while the connections are cut; who reads 5xx tries once more. */
export async function cutWhileVisited(people: number): Promise<Visits> {
  const sum = { cuts: 0, requests: 0, retried: 0, wrong: 0 };
  let begun = 0;
  const ask = async (request: () => Promise<Response>, expected: number) => {
    begun += 1;
    const isCut = begun % requestsToACut === 0;
    const [first] = await Promise.all([request(), isCut ? cutAll().then((cuts) => (sum.cuts += cuts)) : undefined]);
    const answers = [first];
    if ((answers[0]?.status ?? 0) >= 500) answers.push(await request());
    sum.requests += 1;
    sum.retried += answers.length - 1;
    sum.wrong += Number(answers.at(-1)?.status !== expected);
  };
  let next = 0;
  const visitor = async () => {
    while (next < people) {
      const address = `reader-${next}@domain-${next++}.example`;
      await ask(() => signUp(address), 303);
      const [row] = await sql<{ id: string }[]>`SELECT id FROM subscriber WHERE email = ${address}`;
      const subscriberId = row?.id ?? "0";
      const link = { subscriberId, consentNo: 1, expiresAt: Math.floor(Date.now() / 1000) + 3600 };
      await ask(() => press(confirmToken(keys(), link)), 200);
      const leave = form({ token: tokenFor("unsubscribe", subscriberId) });
      await ask(() => send(unsubscribe, "/newsletter/unsubscribe", leave), 200);
    }
  };
  await Promise.all(Array.from({ length: 4 }, visitor));
  const records = await sql`
    SELECT DISTINCT subscriber_id, what FROM consent_event WHERE what IN ('requested', 'confirmed', 'unsubscribed')`;
  const all = await sql`SELECT 1 FROM consent_event`;
  expect(all).toHaveLength(records.length);
  return { people, ...sum, records: records.length };
}
