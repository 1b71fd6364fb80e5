import { describe, expect, it } from "vitest";
import { killAtPoint, killPoints } from "../support/kill-at-points.ts";
import { killWhileSending, slowly } from "../support/kill-while-sending.ts";
import { armIssue, openNewsletter, subscribe, useRelay, withKey } from "../support/sending.ts";

const opened = openNewsletter();
const connections = 4;

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
});

it.each(Object.entries(killPoints))(
  "F3: killed %s leaves the one state that it may, and no mail is lost or doubled",
  async (_name, point) => {
    const { lost, doubled } = await killAtPoint(opened, point, Math.max(2, point.moments.length));
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  },
);
