import { describe, expect, it } from "vitest";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import { type Fault, type Moment, type Stage, stages } from "../support/broken-relay.ts";
import { sql } from "../support/database.ts";
import { crashWhileSending, cutWhileSending, cutWhileVisited } from "../support/failing-database.ts";
import {
  alone,
  failAtStage,
  refusalsForGood,
  refusalsForNow,
  refuseForAWhile,
  refuseForGood,
  stageFaults,
} from "../support/failing-relay.ts";
import {
  armIssue,
  countStates,
  deployOf,
  letTimePass,
  openNewsletter,
  received,
  sendNow,
  subscribe,
  useRelay,
  withKey,
} from "../support/sending.ts";

const opened = openNewsletter();

/** Does this at a stage so many times, and then nothing. */
function fail(stage: Stage, fault: Fault, times = 1) {
  let left = times;
  return (moment: Moment) => (moment.stage === stage && left-- > 0 ? fault : undefined);
}

const row = async () => {
  const [only] = await sql`
    SELECT state, refusals, last_code, hard_bounces, status, extract(epoch FROM next_at - now())::float8 / 60 AS minutes
    FROM delivery JOIN subscriber ON subscriber.id = subscriber_id`;
  return only;
};

it.each(stageFaults)("F7: at $stage, $fault: is certainly unsent, refused, or of unknown fate", async (wrong) => {
  expect(await failAtStage(opened, wrong, 1)).toMatchObject({ lost: 0, doubled: 0 });
});

describe("F8: a relay that says nothing more", () => {
  // A mail that is small is out, with its dot, before a relay that stops reading could be noticed.
  const isDotOut = (stage: Stage) => stage === "body" || stage === "dot";
  it.each(stages)("at %s: keeps nobody for ever, and after the dot the fate is unknown", async (stage) => {
    await subscribe(1);
    await armIssue(opened);
    await useRelay(opened, { behave: fail(stage, "hang"), environment: alone });
    await sendNow(deployOf([]), 700);
    expect(await countStates()).toEqual({ [isDotOut(stage) ? "unknown" : "queued"]: 1 });
    await letTimePass("2 minutes");
    await sendNow();
    expect(await countStates()).toEqual({ [isDotOut(stage) ? "unknown" : "sent"]: 1 });
    expect([...received(opened).values()]).toEqual(stage === "body" ? [] : [1]);
  });
});

describe("F5: a relay that refuses for now", () => {
  it.each(refusalsForNow)(
    "for five minutes, $reply at $stage: loses and doubles nothing, and tries again as the back-off says",
    async (refusal) => {
      const losses = await refuseForAWhile(opened, { ...refusal, recipients: 2 });
      expect(losses).toMatchObject({ recipients: 2, lost: 0, doubled: 0, failed: 0, unknown: 0 });
    },
  );

  it("421: leaves the relay alone, and the mails keep their tries", async () => {
    await subscribe(3);
    await armIssue(opened);
    await useRelay(opened, { behave: fail("RCPT", "421 4.3.2 closing"), environment: alone });
    await sendNow();
    await sendNow();
    expect([await countStates(), opened.relay.taken]).toEqual([{ queued: 3 }, []]);
    expect(await sql`SELECT sum(refusals)::int AS refusals FROM delivery`).toEqual([{ refusals: 0 }]);
    await letTimePass("2 minutes");
    await sendNow();
    expect(await countStates()).toEqual({ sent: 3 });
  });

  it("gives a mail up that was refused for three days", async () => {
    await subscribe(1);
    await armIssue(opened);
    await useRelay(opened, { behave: fail("RCPT", "450 4.2.1", 9), environment: alone });
    await letTimePass("73 hours");
    await sendNow();
    expect(await row()).toMatchObject({ state: "failed", last_code: "450 4.2.1" });
  });
});

describe("F6: a relay that refuses for good", () => {
  it.each(refusalsForGood)(
    "at $stage, $reply: has failed, without another try, and is a bounce or not",
    async (refusal) => {
      const losses = await refuseForGood(opened, { ...refusal, recipients: 1 });
      expect(losses).toMatchObject({ failed: 1, lost: 0, doubled: 0 });
      expect(opened.relay.taken).toEqual([]);
    },
  );

  it("at the second issue the mailbox gets no more, and its address is not taken again", async () => {
    await subscribe(1);
    for (const slug of ["kafka", "postgres"]) {
      await armIssue(opened, slug);
      await useRelay(opened, { behave: fail("RCPT", "550 5.1.1 no such user"), environment: alone });
      await sendNow();
    }
    expect(await sql`SELECT status, hard_bounces FROM subscriber`).toEqual([{ status: "bounced", hard_bounces: 2 }]);
    expect(await sql`SELECT reason FROM suppression`).toEqual([{ reason: "bounced" }]);
    expect(await sql`SELECT what FROM consent_event`).toEqual([{ what: "bounced" }]);
    await armIssue(opened, "flink");
    expect((await sql`SELECT prepared FROM issue WHERE key = '/posts/flink/'`)[0]).toEqual({ prepared: 0 });
  });
});

describe("more than one sender", () => {
  it("F4: five at once, with others that come too late, mail each once", async () => {
    await subscribe(60);
    await armIssue(opened);
    await useRelay(opened);
    await Promise.all(Array.from({ length: 5 }, () => sendNow()));
    await sendNow();
    expect([await countStates(), received(opened).size, opened.relay.taken.length]).toEqual([{ sent: 60 }, 60, 60]);
  });

  it("F9: waits for a relay that takes its time after the dot, while sweeps and other senders come and go", async () => {
    await subscribe(1);
    await armIssue(opened);
    let answer = (_: undefined) => {};
    const reply = new Promise<undefined>((resolve) => {
      answer = resolve;
    });
    await useRelay(opened, { behave: ({ stage }) => (stage === "dot" ? reply : undefined), environment: alone });
    const sending = sendNow();
    while (!(await countStates())["inflight"]) await new Promise((resolve) => setTimeout(resolve, 10));
    await letTimePass("9 minutes");
    for (let n = 0; n < 3; n += 1) expect([await expireDeliveries(sql), (await sendNow()).sent]).toEqual([0, 0]);
    answer(undefined);
    await sending;
    expect([await countStates(), opened.relay.taken.length]).toEqual([{ sent: 1 }, 1]);
  });
});

describe("F2: a relay that knows a mail by its key", () => {
  it("is given what is unknown again while it remembers, and not a moment longer", async () => {
    await subscribe(1);
    await armIssue(opened);
    const environment = { ...alone, ...withKey, MAIL_IDEMPOTENCY_MINUTES: "15" };
    await useRelay(opened, { behave: fail("dot", "close", 2), environment });
    await sendNow();
    expect(await countStates()).toEqual({ unknown: 1 });
    await letTimePass("3 minutes");
    await sendNow();
    expect([await countStates(), opened.relay.taken.length, opened.relay.repeated.length]).toEqual([
      { unknown: 1 },
      1,
      1,
    ]);
    await letTimePass("13 minutes");
    await sendNow();
    expect(await countStates()).toEqual({ unknown: 1 });
    await sql`UPDATE delivery SET unsure_since = now() - interval '5 minutes'`;
    await sendNow();
    expect([await countStates(), opened.relay.taken.length, opened.relay.repeated.length]).toEqual([{ sent: 1 }, 1, 2]);
  });
});

describe("a database that fails", () => {
  it("F12: crashes between the dot and the reply, comes back, and nothing is lost, doubled or unknown", async () => {
    const losses = await crashWhileSending(opened, { recipients: 40, crashes: 1 });
    expect(losses).toMatchObject({ recipients: 40, faults: 1, lost: 0, doubled: 0, failed: 0, unknown: 0 });
  });

  it("F13: has its connections cut again and again, commits of unknown outcome among them, and doubles nothing", async () => {
    const losses = await cutWhileSending(opened, 100);
    expect(losses).toMatchObject({ recipients: 100, lost: 0, doubled: 0, failed: 0, unknown: 0 });
    expect(losses.faults).toBeGreaterThan(5);
  });

  it("F13: people who come and go meanwhile read no 5xx twice, and each of their steps is taken once", async () => {
    const visits = await cutWhileVisited(10);
    expect(visits).toMatchObject({ requests: 30, wrong: 0, records: 30 });
    expect(visits.cuts).toBeGreaterThan(0);
  });
});
