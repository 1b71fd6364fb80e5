import { describe, expect, it } from "vitest";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import type { Stage } from "../support/broken-relay.ts";
import { sql } from "../support/database.ts";
import { kill, killWhileSending, startSenderProcess } from "../support/kill-while-sending.ts";
import {
  armIssue,
  countStates,
  openNewsletter,
  received,
  sendNow,
  subscribe,
  useRelay,
  withKey,
} from "../support/sending.ts";

const opened = openNewsletter();
const connections = 4;

/** The relay's answer takes a moment, or a kill would hardly ever meet a mail between its dot and the reply. */
const slowly = async ({ stage }: { readonly stage: Stage }) => {
  if (stage === "dot") await new Promise((resolve) => setTimeout(resolve, 5));
  return undefined;
};

describe("a sender that is killed", () => {
  it("F1: loses nobody and doubles nobody over plain SMTP; what it leaves unknown is listed, at most a mail for each connection", async () => {
    await subscribe(250);
    await armIssue(opened);
    await useRelay(opened, { behave: slowly });
    const { kills, lost, doubled, unknown, recipients } = await killWhileSending(opened, { kills: 3, lifeMs: 200 });
    expect({ recipients, lost, doubled }).toEqual({ recipients: 250, lost: 0, doubled: 0 });
    expect(unknown).toBeLessThanOrEqual(kills * connections);
  });

  it("F2: leaves nothing unknown when the relay knows a mail by its key", async () => {
    await subscribe(250);
    await armIssue(opened);
    await useRelay(opened, { behave: slowly, environment: withKey });
    const { lost, doubled, unknown } = await killWhileSending(opened, { kills: 3, lifeMs: 200 });
    expect({ lost, doubled, unknown }).toEqual({ lost: 0, doubled: 0, unknown: 0 });
  });

  it.each([
    ["MAIL", "leased", "sent", 1],
    ["body", "leased", "sent", 1],
    ["dot", "inflight", "unknown", 1],
  ] as const)("F3: killed at %s leaves a row %s, which ends as %s", async (stage, left, ends, mails) => {
    await subscribe(1);
    await armIssue(opened);
    let killed: Promise<void> | undefined;
    await useRelay(opened, {
      behave: async (moment) => {
        if (moment.stage !== stage || killed) return undefined;
        killed = kill(child);
        await killed;
        return undefined;
      },
      // Otherwise a claim of another connection may still be on its way to the database when its process is gone.
      environment: { MAIL_CONNECTIONS: "1" },
    });
    const child = startSenderProcess();
    await new Promise((resolve) => child.once("exit", resolve));
    await killed;
    expect(await countStates()).toEqual({ [left]: 1 });
    await sql`UPDATE delivery SET lease_until = now() - interval '1 second'`;
    await expireDeliveries(sql);
    await sendNow();
    expect([await countStates(), [...received(opened).values()]]).toEqual([{ [ends]: 1 }, [mails]]);
  });
});
