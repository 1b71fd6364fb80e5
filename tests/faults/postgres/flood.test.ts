import { expect, it } from "vitest";
import { limits } from "../../../functions/lib/limits.ts";
import sweep from "../../../functions/sweep.ts";
import { openBrokenRelay } from "../../functions/support/broken-relay.ts";
import { postAsStranger } from "../../functions/support/contact.ts";
import { sql } from "../../functions/support/database.ts";
import { send } from "../../functions/support/doors.ts";
import { setEnvironment } from "../../functions/support/environment.ts";
import { startFresh } from "../../functions/support/fresh-start.ts";
import { report } from "../report.ts";

startFresh();

const messages = 5_000;

it("a flood of 5,000 messages from 5,000 networks is stored whole, and reaches the mailbox as some twenty mails", async () => {
  const relay = await openBrokenRelay("dot", "close");
  relay.heal();
  await setEnvironment({ SMTP_URL: relay.url });
  const started = performance.now();
  let next = 0;
  const statuses = new Map<number, number>();
  const poster = async () => {
    while (next < messages) {
      const { status } = await postAsStranger(next++);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, poster));
  const seconds = (performance.now() - started) / 1000;
  const notices = relay.taken.length;
  await sql`UPDATE contact_message SET received_at = received_at - interval '8 days'`;
  await send(sweep, "/", { method: "POST" });
  const [told] = await sql<{ stored: number; told: number }[]>`
    SELECT count(*)::int AS stored, count(told_at)::int AS told FROM contact_message`;
  report("Flood", {
    messages,
    stored: told?.stored,
    "notices a minute": Math.round((notices * 60) / seconds),
    notices,
    summaries: relay.taken.length - notices,
    seconds: Math.round(seconds),
  });
  await relay.close();
  expect([...statuses]).toEqual([[303, messages]]);
  expect(told).toEqual({ stored: messages, told: messages });
  // The budget of an hour, and what time has brought meanwhile.
  expect(notices).toBeLessThanOrEqual(
    limits.contactNotices.burst + seconds / limits.contactNotices.secondsPerToken + 1,
  );
  expect(relay.taken.length - notices).toBe(2);
});
