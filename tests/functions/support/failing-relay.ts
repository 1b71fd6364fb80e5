/** Relays that refuse for a while, refuse for good, or fail at one stage of a mail; and what the mails come to, as often as wished. */
import { expect } from "vitest";
import { type Fault, type Moment, type Stage, stages } from "./broken-relay.ts";
import { emptyDatabase, sql } from "./database.ts";
import { type Losses, lossesOf, sumOf } from "./losses.ts";
import {
  armIssue,
  beginNewsletter,
  countStates,
  letTimePass,
  type Newsletter,
  received,
  sendNow,
  subscribe,
  useRelay,
} from "./sending.ts";

export const alone = { MAIL_CONNECTIONS: "1" };

export interface Refusal {
  readonly stage: Stage;
  readonly reply: Fault;
  readonly recipients: number;
}

/** An armed issue to so many, and nothing else. */
async function begin(opened: Newsletter, recipients: number): Promise<void> {
  await emptyDatabase();
  await beginNewsletter();
  await subscribe(recipients);
  await armIssue(opened);
}

const codes = ["450 4.2.1", "451 4.7.1 greylisted", "452 4.2.2 full", "421 4.3.2 closing"] as const;
/** Replies that mean "not now": one mail, or with 421 the whole relay. */
export const refusalsForNow = codes.flatMap((reply) => (["RCPT", "dot"] as const).map((stage) => ({ stage, reply })));

/**
 * F5: every mail is refused for five minutes and taken after them; a minute goes by between two runs of the sender, as
 * the database has it. A refused mail waits 1, 2, 4 … minutes ± 20 %; a relay that closes costs no mail a try.
 */
export async function refuseForAWhile(opened: Newsletter, { stage, reply, recipients }: Refusal): Promise<Losses> {
  await begin(opened, recipients);
  const sum = { faults: 0, samples: 0 };
  let minutes = 0;
  const behave = (moment: Moment) => {
    if (moment.stage !== stage || minutes >= 5) return undefined;
    sum.faults += 1;
    return reply;
  };
  await useRelay(opened, { behave });
  const refused = new Map<string, number>();
  for (; (await countStates())["sent"] !== recipients; minutes += 1) {
    expect(minutes).toBeLessThan(15);
    const started = performance.now();
    await sendNow();
    const waiting = await sql<{ id: string; refusals: number; minutes: number }[]>`
      SELECT subscriber_id AS id, refusals, extract(epoch FROM next_at - now())::float8 / 60 AS minutes
      FROM delivery WHERE refusals > 0 AND state = 'queued'`;
    const run = (performance.now() - started) / 60_000;
    for (const { id, refusals, minutes } of waiting.filter((each) => refused.get(each.id) !== each.refusals)) {
      const pause = 2 ** (refusals - 1);
      expect(minutes).toBeGreaterThan(pause * 0.8 - run);
      expect(minutes).toBeLessThan(pause * 1.2);
      refused.set(id, refusals);
    }
    sum.samples += 1;
    await letTimePass("1 minute");
  }
  // 0, 1, 3 and 7 minutes: two or three refusals before the five are over, whatever the chance in it.
  expect(refused.size).toBe(reply.startsWith("421") ? 0 : recipients);
  return { ...(await lossesOf(opened)), ...sum };
}

/** Replies that mean "never", with whether they are a bounce of the mailbox. */
export const refusalsForGood = [
  { stage: "RCPT", reply: "550 5.1.1 no such user", bounces: 1 },
  { stage: "RCPT", reply: "550 5.7.1 policy", bounces: 0 },
  { stage: "RCPT", reply: "552 5.3.4 too big", bounces: 0 },
  { stage: "RCPT", reply: "554 5.7.1 not this", bounces: 0 },
  { stage: "dot", reply: "550 5.7.1 policy", bounces: 0 },
  { stage: "dot", reply: "552 5.3.4 too big", bounces: 0 },
  { stage: "dot", reply: "554 5.6.0 not this", bounces: 0 },
] as const;

/** F6: every mail is refused for good. It is tried once and not again, and nobody is unsubscribed for it. */
export async function refuseForGood(
  opened: Newsletter,
  { stage, reply, recipients, bounces }: Refusal & { readonly bounces: number },
): Promise<Losses> {
  await begin(opened, recipients);
  let faults = 0;
  const behave = (moment: Moment) => {
    if (moment.stage !== stage) return undefined;
    faults += 1;
    return reply;
  };
  await useRelay(opened, { behave });
  for (let day = 0; day < 2; day += 1) {
    await sendNow();
    expect(await countStates()).toEqual({ failed: recipients });
    await letTimePass("1 day");
  }
  const rows = await sql`
    SELECT DISTINCT last_code, attempts, hard_bounces, status FROM delivery JOIN subscriber ON subscriber.id = subscriber_id`;
  expect([rows, faults]).toEqual([
    [{ last_code: reply.slice(0, 9), attempts: 1, hard_bounces: bounces, status: "confirmed" }],
    recipients,
  ]);
  return { ...(await lossesOf(opened)), faults, samples: 2 };
}

const atStage = ["close", "reset", "451 4.3.0 later", "550 5.1.1 no"] as const;
export const stageFaults = stages.flatMap((stage) => atStage.map((fault) => ({ stage, fault })));

export interface StageFault {
  readonly stage: Stage;
  readonly fault: Fault;
}

/** F7: what must be known of a mail at once when this happens to it: 28 of 28. */
function verdict({ stage, fault }: StageFault): string {
  const hasReply = /^\d/.test(fault);
  // Whoever does not know EHLO may know HELO.
  if (stage === "EHLO" && hasReply) return "sent";
  const isPermanent = fault.startsWith("550");
  if (stage === "dot") return hasReply ? (isPermanent ? "failed" : "queued") : "unknown";
  const isOfThisMail = stage === "RCPT" || stage === "DATA" || stage === "body";
  return isPermanent && isOfThisMail ? "failed" : "queued";
}

/** One mail meets the fault, and is tried again later; so many times. It has to be known at once for what it is. */
export async function failAtStage(opened: Newsletter, wrong: StageFault, times: number): Promise<Losses> {
  const all: Losses[] = [];
  for (let n = 0; n < times; n += 1) all.push(await failOnce(opened, wrong));
  return sumOf(all);
}

async function failOnce(opened: Newsletter, { stage, fault }: StageFault): Promise<Losses> {
  await begin(opened, 1);
  let faults = 0;
  let gateOpens: (() => void) | undefined;
  const behave = async (moment: Moment) => {
    // What happens amid the mail happens before its gate: that has to wait for the row.
    if (stage === "body" && moment.stage === "DATA") gateOpens ??= await lockDelivery();
    if (moment.stage !== stage || faults > 0) return undefined;
    faults += 1;
    if (gateOpens) setTimeout(gateOpens, 100);
    return fault;
  };
  await useRelay(opened, { behave, environment: alone });
  await sendNow();
  const expected = verdict({ stage, fault });
  expect(await countStates()).toEqual({ [expected]: 1 });
  expect(opened.relay.taken).toHaveLength(expected === "unknown" || expected === "sent" ? 1 : 0);
  await letTimePass("2 minutes");
  await sendNow();
  expect(await countStates()).toEqual({ [expected === "queued" ? "sent" : expected]: 1 });
  expect([...received(opened).values()]).toEqual(expected === "failed" ? [] : [1]);
  expect(faults).toBe(1);
  return { ...(await lossesOf(opened)), faults, samples: 2 };
}

/** Holds the only delivery's row until the function that it gives is called. */
async function lockDelivery(): Promise<() => void> {
  let unlock = () => {};
  const unlocked = new Promise<void>((resolve) => {
    unlock = resolve;
  });
  await new Promise<void>((resolve, reject) => {
    sql
      .begin(async (own) => {
        await own`SELECT 1 FROM delivery FOR UPDATE`;
        resolve();
        await unlocked;
      })
      .catch(reject);
  });
  return unlock;
}
