import type { Context } from "@netlify/functions";
import { describe, expect, it } from "vitest";
import { receiveMessage } from "../../../functions/lib/contact/receive-message.ts";
import { answer } from "../../../functions/lib/http/answer.ts";
import { refusal } from "../../../functions/lib/http/refusal.ts";
import { mailServices } from "../../../functions/lib/mail-services.ts";
import { sweep } from "../../../functions/lib/sweep/sweep.ts";
import { message, path } from "../support/contact.ts";
import { sql } from "../support/database.ts";
import { form } from "../support/doors.ts";
import { siteUrl } from "../support/environment.ts";
import { startFresh } from "../support/fresh-start.ts";

const opened = startFresh();
const day = 86_400_000;

/** The services of an instance whose clock is wrong. */
const withClock = (offsetMs: number) => ({ ...mailServices(), clock: () => new Date(Date.now() + offsetMs) });

async function post(offsetMs: number, text: string): Promise<number> {
  const request = new Request(new URL(path, siteUrl), form({ ...message, message: text }));
  const services = withClock(offsetMs);
  const response = await answer(request, { ip: "203.0.113.7", requestId: "id" } as Context, {
    refuse: refusal,
    POST: (call) => receiveMessage(services, call),
  });
  return response.status;
}

describe.each([-day, day, 12 * 365 * day])("with the clock of a function wrong by %d ms", (offsetMs) => {
  it("messages are received, mailed and leased by the database's clock", async () => {
    opened.mailbox.refuseWith = 451;
    expect(await post(offsetMs, "Around midnight")).toBe(303);
    const [row] = await sql`
      SELECT abs(extract(epoch FROM received_at - now()))::float8 AS received,
        extract(epoch FROM next_at - now())::float8 AS next
      FROM contact_message JOIN outbox ON contact_message_id = contact_message.id`;
    expect(row?.["received"]).toBeLessThan(30);
    expect(row?.["next"]).toBeGreaterThan(20);
    expect(row?.["next"]).toBeLessThan(75);
    opened.mailbox.refuseWith = undefined;
    await sweep(withClock(offsetMs), { mail: true, rebuild: false, announce: false });
    expect(opened.mailbox.deliveries).toEqual([]);
    await sql`UPDATE outbox SET next_at = now()`;
    await sweep(withClock(offsetMs), { mail: true, rebuild: false, announce: false });
    expect(opened.mailbox.deliveries).toHaveLength(1);
  });

  it("nothing is deleted before its time, and nobody gets more than his budget", async () => {
    for (let n = 0; n < 8; n += 1) await post(n % 2 ? offsetMs : 0, `Message ${n}`);
    await sweep(withClock(offsetMs), { mail: true, rebuild: false, announce: false });
    expect(await sql`SELECT count(*)::int AS n FROM contact_message`).toEqual([{ n: 8 }]);
    expect(await post(offsetMs, "One more")).toBe(429);
  });
});
