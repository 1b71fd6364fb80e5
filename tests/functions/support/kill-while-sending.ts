/** Kills senders again and again while they mail an issue, and counts what was lost, doubled and left unknown. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import type { Behaviour } from "./broken-relay.ts";
import { sql } from "./database.ts";
import { countStates, type Newsletter, received } from "./sending.ts";

const program = path.join(import.meta.dirname, "killed-process.ts");

/** `task` and `input` are those of the program; `environment` stands over this process's. */
export function startProcess(
  task: string,
  input?: string,
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const args = input === undefined ? [program, task] : [program, task, input];
  return spawn(process.execPath, args, { stdio: "ignore", env: { ...process.env, ...environment } });
}

const startSenderProcess = () => startProcess("send");

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** A relay whose reply takes a moment, or a kill would hardly ever meet a mail between its dot and the reply. */
export const slowly: Behaviour = async ({ stage }) => {
  if (stage === "dot") await wait(5);
  return undefined;
};

export interface Havoc {
  readonly kills: number;
  /** Processes that send at the same time; all of them are killed. */
  readonly senders?: number;
  /** How long a sender lives at most once mail flows. */
  readonly lifeMs: number;
}

export interface Losses {
  readonly recipients: number;
  readonly kills: number;
  /** Neither mailed nor listed as unknown. */
  readonly lost: number;
  readonly doubled: number;
  readonly unknown: number;
  /** Samples of the books, each of which added up. */
  readonly samples: number;
}

/** An issue is armed. Ends when nothing is open but what is unknown. */
export async function killWhileSending(opened: Newsletter, { kills, senders = 1, lifeMs }: Havoc): Promise<Losses> {
  let killed = 0;
  let samples = 0;
  for (; killed < kills && (await isOpen()); killed += senders) {
    const before = opened.relay.taken.length + opened.relay.repeated.length;
    const own = await sessions();
    const children = Array.from({ length: senders }, startSenderProcess);
    while (opened.relay.taken.length + opened.relay.repeated.length === before && (await isOpen())) await wait(10);
    const end = performance.now() + Math.random() * lifeMs;
    while (performance.now() < end) {
      await countStates();
      samples += 1;
      await wait(10);
    }
    await Promise.all(children.map(kill));
    // What they said last may still be on its way, and would lease a mail after all leases were ended.
    while ((await sessions()).difference(own).size > 0) await wait(5);
    await endLeases();
  }
  const last = startSenderProcess();
  while (await isOpen()) {
    await countStates();
    samples += 1;
    await endLeases(true);
    await wait(50);
  }

  await kill(last);
  return { ...(await lossesOf(opened)), kills: killed, samples };
}

/** Who talks to the database now. */
async function sessions(): Promise<ReadonlySet<number>> {
  const rows = await sql<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'`;
  return new Set(rows.map(({ pid }) => pid));
}

/** Nobody is left to hold a lease: as if its time had gone by. What has expired by itself, the sweep says. */
async function endLeases(onlySweep = false): Promise<void> {
  if (!onlySweep) {
    await sql`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state IN ('leased', 'inflight')`;
  }
  await expireDeliveries(sql);
}

/** Of what is unknown, only what a relay with a key would take again. */
async function isOpen(): Promise<boolean> {
  const hasKey = Boolean(process.env["MAIL_IDEMPOTENCY_HEADER"]);
  const [row] = await sql<{ n: number }[]>`
    SELECT count(*)::int AS n FROM delivery WHERE state IN ('queued', 'leased', 'inflight') OR (${hasKey} AND state = 'unknown')`;
  return (row?.n ?? 0) > 0;
}

/** Of the mails that there are now. */
export async function lossesOf(opened: Newsletter): Promise<Omit<Losses, "kills" | "samples">> {
  const mailed = received(opened);
  const rows = await sql<{ email: string; state: string }[]>`
    SELECT email, state FROM delivery JOIN subscriber ON subscriber.id = subscriber_id`;
  return {
    recipients: rows.length,
    lost: rows.filter(({ email, state }) => state !== "unknown" && !mailed.has(email)).length,
    doubled: [...mailed.values()].filter((count) => count > 1).length,
    unknown: rows.filter(({ state }) => state === "unknown").length,
  };
}
