import { describe, expect, it } from "vitest";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import { migrated } from "../../setup/migrated.ts";
import { startPostgres } from "../../setup/postgres.ts";
import { type Fault, type Moment, type Stage, stages } from "../support/broken-relay.ts";
import { sql } from "../support/database.ts";
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
const alone = { MAIL_CONNECTIONS: "1" };

/** Does this at a stage so many times, and then nothing. */
function fail(stage: Stage, fault: Fault, times = 1) {
  let left = times;
  return (moment: Moment) => (moment.stage === stage && left-- > 0 ? fault : undefined);
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

const row = async () => {
  const [only] = await sql`
    SELECT state, refusals, last_code, hard_bounces, status, extract(epoch FROM next_at - now())::float8 / 60 AS minutes
    FROM delivery JOIN subscriber ON subscriber.id = subscriber_id`;
  return only;
};

describe("F7: a connection that fails at a stage, or a reply that refuses", () => {
  const faults = ["close", "reset", "451 4.3.0 later", "550 5.1.1 no"] as const;
  const cases = stages.flatMap((stage) => faults.map((fault) => [stage, fault] as const));

  /** What must be known of the mail at once: 28 of 28. */
  function verdict(stage: Stage, fault: Fault): string {
    const hasReply = /^\d/.test(fault);
    // Whoever does not know EHLO may know HELO.
    if (stage === "EHLO" && hasReply) return "sent";
    const isPermanent = fault.startsWith("550");
    if (stage === "dot") return hasReply ? (isPermanent ? "failed" : "queued") : "unknown";
    const isOfThisMail = stage === "RCPT" || stage === "DATA" || stage === "body";
    return isPermanent && isOfThisMail ? "failed" : "queued";
  }

  it.each(cases)("at %s, %s: is certainly unsent, refused, or of unknown fate", async (stage, fault) => {
    await subscribe(1);
    await armIssue(opened);
    const wrong = fail(stage, fault);
    let gateOpens: (() => void) | undefined;
    const behave = async (moment: Moment) => {
      // What happens amid the mail happens before its gate: that has to wait for the row.
      if (stage === "body" && moment.stage === "DATA") gateOpens ??= await lockDelivery();
      const shown = wrong(moment);
      if (shown && gateOpens) setTimeout(gateOpens, 100);
      return shown;
    };
    await useRelay(opened, { behave, environment: alone });
    await sendNow();
    const expected = verdict(stage, fault);
    expect(await countStates()).toEqual({ [expected]: 1 });
    expect(opened.relay.taken).toHaveLength(expected === "unknown" || expected === "sent" ? 1 : 0);
    await letTimePass("2 minutes");
    await sendNow();
    expect(await countStates()).toEqual({ [expected === "queued" ? "sent" : expected]: 1 });
    expect([...received(opened).values()]).toEqual(expected === "failed" ? [] : [1]);
  });
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
  it.each(["450 4.2.1", "451 4.7.1 greylisted", "452 4.2.2"] as const)(
    "%s at RCPT or after the dot: waits 1, 2, 4 … minutes ± 20 %",
    async (reply) => {
      for (const stage of ["RCPT", "dot"] as const) {
        await sql`TRUNCATE subscriber, issue RESTART IDENTITY CASCADE`;
        await subscribe(1);
        await armIssue(opened);
        await useRelay(opened, { behave: fail(stage, reply, 3), environment: alone });
        for (const minutes of [1, 2, 4]) {
          await sendNow();
          const waiting = await row();
          expect(waiting?.["minutes"]).toBeGreaterThan(minutes * 0.8 - 0.1);
          expect(waiting?.["minutes"]).toBeLessThan(minutes * 1.2);
          await letTimePass("6 minutes");
        }
        await sendNow();
        expect([await countStates(), opened.relay.taken.length]).toEqual([{ sent: 1 }, 1]);
      }
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
  const replies = [
    ["RCPT", "550 5.1.1 no such user", 1],
    ["RCPT", "550 5.7.1 policy", 0],
    ["dot", "552 5.3.4 too big", 0],
    ["dot", "554 5.6.0 not this", 0],
  ] as const;
  it.each(replies)(
    "at %s, %s: has failed, without another try, and is a bounce or not",
    async (stage, reply, bounces) => {
      await subscribe(1);
      await armIssue(opened);
      await useRelay(opened, { behave: fail(stage, reply), environment: alone });
      await sendNow();
      await letTimePass("1 day");
      await sendNow();
      expect(await row()).toMatchObject({
        state: "failed",
        last_code: reply.slice(0, 9),
        hard_bounces: bounces,
        status: "confirmed",
      });
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
    const cluster = await startPostgres();
    await migrated(cluster.url);
    await subscribe(40);
    await armIssue(opened);
    const dump = await Promise.all(
      ["subscriber", "site_state", "issue", "delivery"].map(
        async (table) => [table, await sql`SELECT * FROM ${sql(table)}`] as const,
      ),
    );
    const { default: postgres } = await import("postgres");
    const there = postgres(cluster.url, { max: 1, onnotice: () => {} });
    for (const [table, rows] of dump) {
      const json = JSON.stringify(rows);
      await there`INSERT INTO ${there(table)} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(null::${there(table)}, ${json}::text::jsonb)`;
    }
    await there.end();
    let crashed: Promise<void> | undefined;
    const behave = async ({ stage }: Moment): Promise<undefined> => {
      if (stage !== "dot" || opened.relay.taken.length < 10 || crashed) return;
      crashed = cluster.crash();
      await crashed;
      setTimeout(() => void cluster.restart(), 300);
    };
    await useRelay(opened, { behave, environment: { DATABASE_URL: cluster.url } });
    for (let n = 0; n < 20; n += 1) {
      await sendNow().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const after = postgres(cluster.url, { max: 1, onnotice: () => {} });
    const states = await after`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1`;
    await after.end();
    await useRelay(opened);
    await cluster.stop();
    expect(crashed).toBeDefined();
    expect(states).toEqual([{ state: "sent", n: 40 }]);
  });

  it("F13: has its connections cut again and again, commits of unknown outcome among them, and doubles nothing", async () => {
    await subscribe(100);
    await armIssue(opened);
    await useRelay(opened);
    let isOver = false;
    const storm = (async () => {
      let cuts = 0;
      while (!isOver) {
        const [row] = await sql<{ n: number }[]>`
          SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
          WHERE pid <> pg_backend_pid() AND datname = current_database()`;
        cuts += row?.n ?? 0;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      return cuts;
    })();
    const open = async () => ["queued", "leased", "inflight"].some((state) => states[state]);
    let states = await countStates();
    while (await open()) {
      await sendNow().catch(() => {});
      await sql`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state = 'leased'`;
      await sql`UPDATE site_state SET relay_rest_until = NULL`;
      states = await countStates();
    }
    isOver = true;
    expect(await storm).toBeGreaterThan(5);
    const mailed = received(opened);
    expect([...mailed.values()].filter((n) => n > 1)).toEqual([]);
    expect(mailed.size).toBe(100);
    expect(states).toEqual({ sent: 100 });
  });
});
