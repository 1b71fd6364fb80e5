import { afterAll, expect, it } from "vitest";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import { finishIssues } from "../../../functions/lib/store/issue-books.ts";
import type { Stage } from "../../functions/support/broken-relay.ts";
import { sql } from "../../functions/support/database.ts";
import { killAtPoint, killPoints } from "../../functions/support/kill-at-points.ts";
import { killWhileSending, type Losses, slowly } from "../../functions/support/kill-while-sending.ts";
import { raceUnsubscribing } from "../../functions/support/race-unsubscribing.ts";
import {
  armIssue,
  countStates,
  openNewsletter,
  received,
  sendNow,
  subscribe,
  useRelay,
  withKey,
} from "../../functions/support/sending.ts";
import { report, reportTable } from "../report.ts";

const opened = openNewsletter();
const connections = 4;

/** What all the kills gave. */
const killed: Record<string, object> = {};
const note = (fault: string, { recipients, kills, lost, doubled, unknown, samples }: Losses) => {
  killed[fault] = { mails: recipients, kills, lost, doubled, unknown, "samples, the books balanced in each": samples };
};
afterAll(() => reportTable("killed", killed));

it("F1: 10,000 mails over plain SMTP, more than 100 kills -9", async () => {
  await subscribe(10_000);
  await armIssue(opened);
  await useRelay(opened, { behave: slowly });
  const losses = await killWhileSending(opened, { kills: 110, lifeMs: 350 });
  note("F1: plain SMTP", losses);
  expect(losses).toMatchObject({ recipients: 10_000, lost: 0, doubled: 0 });
  expect(losses.kills).toBeGreaterThan(100);
  expect(losses.unknown).toBeLessThanOrEqual(losses.kills * connections);
});

it("F2: the same over a relay that knows a mail by its key", async () => {
  await subscribe(10_000);
  await armIssue(opened);
  await useRelay(opened, { behave: slowly, environment: withKey });
  const losses = await killWhileSending(opened, { kills: 110, lifeMs: 350 });
  note("F2: a relay with a key", losses);
  report("F2", { "copies that the relay dropped": opened.relay.repeated.length });
  expect(losses).toMatchObject({ recipients: 10_000, lost: 0, doubled: 0, unknown: 0 });
  expect(losses.kills).toBeGreaterThan(100);
});

it.each(Object.entries(killPoints))("F3: killed %s, 50 times", async (name, point) => {
  const losses = await killAtPoint(opened, point, 50);
  note(`F3: ${name}`, losses);
  expect(losses).toMatchObject({ recipients: 50, kills: 50, lost: 0, doubled: 0, unknown: 50 * point.unknown });
});

it("F4: five senders at once, all of them killed again and again", async () => {
  await subscribe(5_000);
  await armIssue(opened);
  await useRelay(opened, { behave: slowly });
  const losses = await killWhileSending(opened, { kills: 50, senders: 5, lifeMs: 350 });
  note("F4: five at once", losses);
  expect(losses).toMatchObject({ recipients: 5_000, lost: 0, doubled: 0 });
  expect(losses.unknown).toBeLessThanOrEqual(losses.kills * connections);
});

it("F8: a relay that says nothing more is given up in its own time at each stage before the dot", async () => {
  const times: Partial<Record<Stage, number>> = {};
  for (const stage of ["connect", "EHLO", "MAIL", "RCPT", "DATA"] as const) {
    await sql`TRUNCATE subscriber, issue RESTART IDENTITY CASCADE`;
    await subscribe(1);
    await armIssue(opened);
    let isStuck = true;
    await useRelay(opened, {
      behave: (moment) => (isStuck && moment.stage === stage ? "hang" : undefined),
      environment: { MAIL_CONNECTIONS: "1" },
    });
    const started = performance.now();
    await sendNow();
    times[stage] = Math.round((performance.now() - started) / 1000);
    isStuck = false;
    await sql`UPDATE delivery SET next_at = now()`;
    await sql`UPDATE site_state SET relay_rest_until = NULL`;
    await sendNow();
    expect([await countStates(), opened.relay.taken.length]).toEqual([{ sent: 1 }, 1]);
  }
  report("F8", Object.fromEntries(Object.entries(times).map(([stage, seconds]) => [`seconds at ${stage}`, seconds])));
});

it("F9: the reply comes nine minutes after the dot", async () => {
  const minutes = 9;
  await subscribe(4);
  await armIssue(opened);
  await useRelay(opened, {
    behave: async ({ stage }) => {
      if (stage === "dot") await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
      return undefined;
    },
  });
  let isOver = false;
  const first = sendNow(undefined, 870_000).finally(() => {
    isOver = true;
  });
  let others = 0;
  while (!isOver) {
    await expireDeliveries(sql);
    const report = await sendNow(undefined, 5_000);
    others += report.sent + report.unknown;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
  await first;
  report("F9", { mails: 4, "minutes waited": minutes, sent: opened.relay.taken.length, "by others": others });
  expect([await countStates(), opened.relay.taken.length, others]).toEqual([{ sent: 4 }, 4, 0]);
});

it("F18: 1,500 unsubscriptions at the moment of the gate", async () => {
  const races = await raceUnsubscribing(opened, 1_500);
  report("F18", races);
  expect(races).toMatchObject({ races: 1_500, unsubscribed: 1_500, mailedAfter: 0 });
  expect(Math.min(races.gateFirst, races.unsubscribedFirst)).toBeGreaterThan(50);
});

it("10,000 mails of 30 kB at concurrency 16, in less than two minutes", async () => {
  await subscribe(10_000);
  await armIssue(
    opened,
    "kafka",
    `<p>${"An article has words, and more words. ".repeat(800)}</p><a href="{{unsubscribe}}">leave</a>`,
  );
  await useRelay(opened, { environment: { MAIL_CONNECTIONS: "16" } });
  const started = performance.now();
  const { sent } = await sendNow(undefined, 600_000);
  const seconds = (performance.now() - started) / 1000;
  report("Throughput", { mails: sent, connections: opened.relay.mostConnections, seconds: Math.round(seconds) });
  expect([sent, received(opened).size, await finishIssues(sql)]).toEqual([10_000, 10_000, ["/posts/kafka/"]]);
  expect(seconds).toBeLessThan(120);
});
