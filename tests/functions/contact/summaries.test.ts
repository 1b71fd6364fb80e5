import { beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../../functions/lib/limits.ts";
import { mailServices } from "../../../functions/lib/mail-services.ts";
import { sweep } from "../../../functions/lib/sweep/sweep.ts";
import { sql } from "../support/database.ts";
import { owner } from "../support/environment.ts";
import { startFresh } from "../support/fresh-start.ts";

const opened = startFresh();
const may = { mail: true, rebuild: false, announce: false };
const sweepNow = () => sweep(mailServices(), may);

interface Kept {
  readonly route: "notice" | "summary" | "quarantine";
  readonly count: number;
  /** As PostgreSQL reads an interval. */
  readonly age: string;
}

async function keep({ route, count, age }: Kept): Promise<void> {
  await sql`
    INSERT INTO contact_message (id, idem_key, name, email, body, route, flags, received_at)
    SELECT gen_random_uuid(), decode(md5(random()::text), 'hex'), 'Ann Lee ' || n, 'ann' || n || '@visitor.example',
      E'Text <b>\\n' || n || repeat(' more', 100), ${route}, ARRAY['links', 'busy'], now() - ${age}::text::interval
    FROM generate_series(1, ${count}::int) AS n`;
}

const untold = async () => (await sql`SELECT count(*)::int AS n FROM contact_message WHERE told_at IS NULL`)[0]?.["n"];
const texts = () => opened.mailbox.deliveries.map(({ mail }) => mail.text ?? "");

beforeEach(async () => {
  opened.mailbox.deliveries.length = 0;
});

describe("messages of a flood", () => {
  it("reach the owner in one mail after half an hour, each with its sender, its beginning and its id", async () => {
    await keep({ route: "summary", count: 3, age: "20 minutes" });
    await sweepNow();
    expect(opened.mailbox.deliveries).toEqual([]);
    await sql`UPDATE contact_message SET received_at = received_at - interval '11 minutes'`;
    await sweepNow();
    const [delivery] = opened.mailbox.deliveries;
    expect(delivery?.envelope.to).toEqual([owner]);
    expect(delivery?.mail.replyTo).toBeUndefined();
    expect(delivery?.mail.subject).toBe("3 messages on Exactly Once");
    expect(delivery?.mail.text).toContain("Ann Lee 2 <ann2@visitor.example>");
    expect(delivery?.mail.text).toMatch(/^Text <b> 2 more more .*…$/m);
    expect(delivery?.mail.html).toContain("Text &lt;b&gt; 2 more");
    for (const { id } of await sql`SELECT id FROM contact_message`) expect(delivery?.mail.text).toContain(id);
    expect(await untold()).toBe(0);
    await sweepNow();
    expect(opened.mailbox.deliveries).toHaveLength(1);
  });

  it("come in one mail an hour, and none is told of twice or left out", async () => {
    await keep({ route: "summary", count: 2, age: "1 hour" });
    await sweepNow();
    await keep({ route: "summary", count: 1, age: "40 minutes" });
    await sweepNow();
    expect(opened.mailbox.deliveries).toHaveLength(1);
    await sql`UPDATE outbox SET dedupe_key = 'summary:an-hour-ago'`;
    await sweepNow();
    expect(opened.mailbox.deliveries.map(({ mail }) => mail.subject)).toEqual([
      "2 messages on Exactly Once",
      "1 message on Exactly Once",
    ]);
    expect(await untold()).toBe(0);
  });

  it("are listed up to fifty, and counted beyond", async () => {
    const { contactSummaryMaxMessages: most } = limits;
    await keep({ route: "summary", count: most + 1_000, age: "1 hour" });
    await sweepNow();
    const [text = ""] = texts();
    expect(text.match(/, message [\da-f-]{36}$/gm)).toHaveLength(most);
    expect(text).toContain("And 1000 more.");
    expect(await untold()).toBe(0);
  });

  it("are told of again in full when the mail failed, and what came meanwhile with them", async () => {
    await keep({ route: "summary", count: 2, age: "1 hour" });
    opened.mailbox.refuseWith = 451;
    await sweepNow();
    expect(await untold()).toBe(2);
    await keep({ route: "summary", count: 1, age: "0 seconds" });
    opened.mailbox.refuseWith = undefined;
    await sql`UPDATE outbox SET next_at = now()`;
    await sweepNow();
    expect(opened.mailbox.deliveries[0]?.mail.subject).toBe("3 messages on Exactly Once");
    expect(await untold()).toBe(0);
  });
});

it("tells in a summary of a message whose own mail failed for three days", async () => {
  await keep({ route: "notice", count: 1, age: "4 days" });
  await sql`UPDATE contact_message SET told_in = gen_random_uuid()`;
  await sql`
    INSERT INTO outbox (id, kind, dedupe_key, message_id, contact_message_id, created_at)
    SELECT told_in, 'contact', 'contact:' || id, id || '@b.example', id, received_at FROM contact_message`;
  opened.mailbox.refuseWith = 554;
  await sweepNow();
  expect(await sql`SELECT state FROM outbox`).toEqual([{ state: "failed" }]);
  opened.mailbox.refuseWith = undefined;
  await sweepNow();
  expect(texts()[0]).toContain("Ann Lee 1 <ann1@visitor.example>");
  expect(await untold()).toBe(0);
});

describe("messages in quarantine", () => {
  it("are listed for the owner once a week, on Monday, with what made them look like junk", async () => {
    await keep({ route: "quarantine", count: 2, age: "8 days" });
    await sweepNow();
    const [delivery] = opened.mailbox.deliveries;
    expect(delivery?.mail.subject).toBe("2 messages in quarantine on Exactly Once");
    expect(delivery?.mail.text).toContain("Signs of junk: links, busy");
    expect(delivery?.mail.text).toContain("npm run inbox -- --quarantine");
    await keep({ route: "quarantine", count: 1, age: "8 days" });
    await sweepNow();
    expect(opened.mailbox.deliveries).toHaveLength(1);
    await sql`UPDATE outbox SET dedupe_key = 'quarantine:last-week'`;
    await sweepNow();
    expect(opened.mailbox.deliveries).toHaveLength(2);
    expect(await untold()).toBe(0);
  });

  it("of this week wait for the next", async () => {
    await keep({ route: "quarantine", count: 2, age: "0 seconds" });
    await sweepNow();
    expect(opened.mailbox.deliveries).toEqual([]);
  });

  it("are never in the summary of the others", async () => {
    await keep({ route: "quarantine", count: 1, age: "0 seconds" });
    await keep({ route: "summary", count: 1, age: "1 hour" });
    await sweepNow();
    expect(opened.mailbox.deliveries.map(({ mail }) => mail.subject)).toEqual(["1 message on Exactly Once"]);
    expect(await untold()).toBe(1);
  });
});

it("puts one summary into the outbox, however many sweeps run at once", async () => {
  await keep({ route: "summary", count: 5, age: "1 hour" });
  await keep({ route: "quarantine", count: 5, age: "8 days" });
  await Promise.all(Array.from({ length: 6 }, sweepNow));
  expect(opened.mailbox.deliveries.map(({ mail }) => mail.subject).sort()).toEqual([
    "5 messages in quarantine on Exactly Once",
    "5 messages on Exactly Once",
  ]);
});
