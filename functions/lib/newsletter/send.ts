/** Sends what is due, over a few connections at once, until nothing is, the relay is down, or time is over. */
import { setTimeout as wait } from "node:timers/promises";
import { errorFields, log } from "../log.ts";
import { normalAddress } from "../mail/address.ts";
import { type Outcome, openRelay, type Relay, RelayDown } from "../mail/relay.ts";
import type { Services } from "../services.ts";
import { DatabaseDown, type Sql } from "../store/database.ts";
import {
  claimDelivery,
  countHardBounce,
  type DeliveryClaim,
  gate,
  type Licence,
  licence,
  settleFailed,
  settleSent,
  settleSkipped,
  settleUnknown,
  settleUnsent,
} from "../store/deliveries.ts";
import { type FrozenIssue, frozenIssue } from "../store/issues.ts";
import { takeToken } from "../store/rate-bucket.ts";
import { relayWorks, restRelay } from "../store/site-state.ts";
import { consentTextVersion } from "./consent.ts";
import { compose, letterFor } from "./letter.ts";

/** How many mails came to which end in this run. */
export type SendReport = Readonly<Record<"sent" | "failed" | "skipped" | "unsent" | "unknown", number>>;

/** Moments of `performance.now()`. */
export interface SendTimes {
  /** No mail is begun after it. */
  readonly claimUntil: number;
  /** Nothing is waited for after it. */
  readonly endBy: number;
}

/** So many mails in a row that the connection did not survive: then it is the relay and not the mails. */
const troubleMax = 3;

/** What the workers of a run share. */
interface Run {
  readonly services: Services;
  readonly licence: Licence;
  readonly times: SendTimes;
  readonly issues: Map<string, Promise<FrozenIssue | undefined>>;
  readonly report: Record<keyof SendReport, number>;
  trouble: number;
  isOver: boolean;
}

/** Safe at any time and any number of times at once. Nothing is sent without an epoch. */
export async function sendDue(services: Services, times: SendTimes): Promise<SendReport> {
  const { sendEpoch, relay } = services.config;
  const report = { sent: 0, failed: 0, skipped: 0, unsent: 0, unknown: 0 };
  if (!sendEpoch) return report;
  const run: Run = {
    services,
    licence: licence(sendEpoch, relay),
    times,
    issues: new Map(),
    report,
    trouble: 0,
    isOver: false,
  };
  const workers = await Promise.allSettled(Array.from({ length: relay.connections }, () => work(run)));
  for (const worker of workers) {
    if (worker.status === "rejected") log("error", "sender failed", errorFields(worker.reason));
  }
  return report;
}

async function work(run: Run): Promise<void> {
  const { services, times } = run;
  let relay: Relay | undefined;
  try {
    while (!run.isOver && performance.now() < times.claimUntil) {
      if (!relay?.isOpen()) {
        await relay?.quit();
        relay = await openOrRest(run);
        if (!relay) return;
      }
      if (!(await mayBegin(services))) {
        await wait(pauseMs(services));
        continue;
      }
      const claim = await services.database.run((sql) => claimDelivery(sql, run.licence));
      if (!claim) return;
      await deliver(run, relay, claim);
    }
  } catch (error) {
    run.isOver = true;
    throw error;
  } finally {
    await relay?.quit();
  }
}

/** The bucket of all senders together. */
function mayBegin({ database, keys, config }: Services): Promise<boolean> {
  const { mailsPerSecond } = config.relay;
  const budget = {
    key: keys.hash("rate", "relay"),
    burst: Math.max(1, mailsPerSecond),
    secondsPerToken: 1 / mailsPerSecond,
  };
  return database.run((sql) => takeToken(sql, budget));
}

function pauseMs({ config, random }: Services): number {
  return Math.min(1_000, (1_000 / config.relay.mailsPerSecond) * config.relay.connections) * jitter(random);
}

/** A relay that is down is left alone, by everybody, for a while; the mails keep their tries. */
async function openOrRest(run: Run): Promise<Relay | undefined> {
  const { services } = run;
  try {
    return await openRelay(services.config, run.times.endBy);
  } catch (error) {
    if (!(error instanceof RelayDown)) throw error;
    await rest(run, error.code);
    return undefined;
  }
}

async function rest(run: Run, code: string): Promise<void> {
  const { database, random } = run.services;
  if (!run.isOver) log("warn", "relay left alone", { code });
  run.isOver = true;
  await database.run((sql) => restRelay(sql, jitter(random)));
}

async function deliver(run: Run, relay: Relay, claim: DeliveryClaim): Promise<void> {
  const { services, report } = run;
  const { database, config } = services;
  const message = await write(run, claim);
  if (!message) {
    report.skipped += 1;
    return database.run((sql) => settleSkipped(sql, claim));
  }
  let verdict: string | undefined;
  const openGate = async () => {
    verdict = await database.run((sql) => gate(sql, claim));
    return verdict === "inflight";
  };
  const envelope = { from: config.mailFrom.address, to: claim.email ?? "" };
  const outcome = await relay.send(envelope, message, openGate);
  // What the gate has written is settled; what it could not write may be there all the same, and is taken back.
  if (outcome.kind === "shut" && verdict !== undefined && verdict !== "inflight") {
    report[verdict === "skipped" ? "skipped" : "unsent"] += 1;
    return;
  }
  await settle(run, claim, outcome);
}

/** The bytes of the mail; absent when there is nobody, or nothing, to send it to. */
async function write({ services, issues }: Run, claim: DeliveryClaim): Promise<Buffer | undefined> {
  const { issueId, subscriberId, messageId, email, topics } = claim;
  if (email === null) return undefined;
  const known = issues.get(issueId) ?? services.database.run((sql) => frozenIssue(sql, issueId));
  issues.set(issueId, known);
  const issue = await known;
  const letter = issue && letterFor(services, issue, { subscriberId, address: email, topics });
  if (!letter) return undefined;
  const { config, siteUrl } = services;
  const { idempotencyHeader } = config.relay;
  return compose({ mailFrom: config.mailFrom, siteUrl }, letter, { to: email, messageId, idempotencyHeader });
}

/** Writes down what became of a mail, however long the database takes to come back: nobody else knows it. */
async function settle(run: Run, claim: DeliveryClaim, outcome: Outcome): Promise<void> {
  const { services, report, times } = run;
  const ids = { issue: claim.issueId, subscriber: claim.subscriberId, attempt: claim.attempts };
  const { random, keys } = services;
  const { database } = services;
  const persist = (statement: (sql: Sql) => Promise<unknown>) =>
    persistently(() => database.run(statement), times.endBy);
  const unsent = (code: string, isOwnFault: boolean) => {
    report.unsent += 1;
    log("warn", "issue not sent", { ...ids, code });
    return persist((sql) => settleUnsent(sql, claim, { code, isOwnFault, jitter: jitter(random) }));
  };
  if (outcome.kind === "sent") {
    report.sent += 1;
    const hadTrouble = run.trouble > 0;
    run.trouble = 0;
    await persist((sql) => settleSent(sql, claim));
    if (hadTrouble || report.sent === 1) await persist(relayWorks);
    return;
  }
  if (outcome.kind === "unknown") {
    report.unknown += 1;
    log("warn", "issue sent, fate unknown", { ...ids, code: outcome.code });
    await persist((sql) => settleUnknown(sql, claim, outcome.code));
    return troubled(run, outcome.code);
  }
  if (outcome.kind === "shut") return void (await unsent("GATE", false));
  if (outcome.kind === "unsent") {
    await unsent(outcome.code, true);
    return troubled(run, outcome.code);
  }
  const { stage, status, code } = outcome;
  // "Closing", or refused before anything was said of this mail: it is not this mail.
  if (status === 421 || stage === "MAIL FROM") {
    await unsent(code, false);
    return rest(run, code);
  }
  if (status < 500) return void (await unsent(code, true));
  report.failed += 1;
  log("warn", "issue refused", { ...ids, stage, code });
  const fail = async (sql: Sql) => {
    const isNews = await settleFailed(sql, claim, code);
    if (!isNews || !isNoMailbox(stage, code) || !claim.email) return;
    const hash = keys.hash("suppression", normalAddress({ address: claim.email }));
    await countHardBounce(sql, claim.subscriberId, hash, consentTextVersion);
  };
  await persistently(() => database.transaction(fail), times.endBy);
}

/**
 * Refused for the address. What the host, the protocol, the content or a policy is blamed for (x.3, x.5, x.6, x.7) says
 * nothing of the mailbox; x.4 is of routes, and yet what some large hosts say of an unknown recipient. @see RFC 3463 §3
 */
function isNoMailbox(stage: string, code: string): boolean {
  return stage === "RCPT TO" && !/ 5\.[3567]\./.test(code);
}

/** After a connection that a mail did not survive, the next may; after some in a row the relay is left alone. */
async function troubled(run: Run, code: string): Promise<void> {
  run.trouble += 1;
  if (run.trouble >= troubleMax) await rest(run, code);
}

/** Tries until the database is back, or until there is no more time. */
async function persistently(work: () => Promise<unknown>, endBy: number): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof DatabaseDown) || performance.now() > endBy) throw error;
      await wait(500);
    }
  }
}

/** 0.8 to 1.2 */
function jitter(random: (bytes: number) => Buffer): number {
  return 0.8 + (0.4 * random(1).readUInt8()) / 255;
}
