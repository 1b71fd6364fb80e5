import { describe, expect, it } from "vitest";
import bounces from "../../functions/bounces.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import { everything, sql } from "./support/database.ts";
import { expectOnly, form, send } from "./support/doors.ts";
import { bounced, complained, event, now, report, takeReports } from "./support/mail-reports.ts";
import {
  confirmed,
  events,
  later,
  mailedToken,
  openNewsletter,
  press,
  signUp,
  status,
  tokenFor,
} from "./support/newsletter.ts";

const opened = openNewsletter();
describe("a report", () => {
  it("of a mailbox that does not exist ends the subscription, until its owner presses the button of a new mail", async () => {
    await takeReports(opened.mailbox);
    await confirmed(opened.mailbox);
    const old = mailedToken(opened.mailbox);
    await later("25 hours");
    for (const _ of [1, 2]) expect((await report(bounced())).status).toBe(200);
    expect([await status(), await events()]).toEqual(["bounced", ["requested", "confirmed", "bounced"]]);
    expect(await sql`SELECT reason FROM suppression`).toEqual([{ reason: "bounced" }]);
    expect((await press(old)).status).toBe(400);
    await signUp();
    expect((await press(mailedToken(opened.mailbox))).status).toBe(200);
    expect(await sql`SELECT status, hard_bounces FROM subscriber`).toEqual([{ status: "confirmed", hard_bounces: 0 }]);
    expect(await sql`SELECT * FROM suppression`).toEqual([]);
  });

  it("of a complaint ends it as well, and says so of an address that had bounced", async () => {
    await takeReports(opened.mailbox);
    await confirmed(opened.mailbox);
    await later("1 hour");
    await report(bounced());
    await report(complained());
    await report(bounced());
    expect(await events()).toEqual(["requested", "confirmed", "bounced", "complained"]);
    expect(await sql`SELECT reason FROM suppression`).toEqual([{ reason: "complained" }]);
  });

  it("may come before the mail of it was noted as sent, twice, and of people and mails that nobody knows", async () => {
    await takeReports(opened.mailbox);
    await signUp();
    await sql`UPDATE outbox SET state = 'leased', lease_until = now() + interval '1 minute'`;
    for (const _ of [1, 2]) await report(bounced());
    expect(await status()).toBe("bounced");
    await sql`UPDATE outbox SET state = 'sent', finished_at = now()`;
    const before = await everything();
    const strangers = [
      bounced(),
      event("email.bounced", { to: ["stranger@example.net", "no address", "a@b, c@d"] }),
      event("email.delivered", { message_id: "<unknown@exactly-once.example>" }),
      event("email.opened"),
      event("contact.created", { to: undefined }),
    ];
    for (const each of strangers) expect((await report(each)).status).toBe(200);
    expect(await everything()).toBe(before);
  });

  it("of before a consent says nothing against it, however late it comes", async () => {
    await takeReports(opened.mailbox);
    await confirmed(opened.mailbox);
    await report(bounced("Permanent", new Date(Date.now() - 60_000)));
    expect(await status()).toBe("confirmed");
    expect(await sql`SELECT * FROM suppression`).toEqual([]);
  });

  it("of a mailbox that is full or away for a while ends nothing", async () => {
    await takeReports(opened.mailbox);
    await confirmed(opened.mailbox);
    await later("1 hour");
    for (const type of ["Transient", "Undetermined"]) await report(bounced(type));
    expect(await status()).toBe("confirmed");
  });

  it("leaves who has left as they are, and lets no old link bring them back", async () => {
    await takeReports(opened.mailbox);
    await confirmed(opened.mailbox);
    const old = mailedToken(opened.mailbox);
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    await report(complained());
    expect(await status()).toBe("unsubscribed");
    expect((await press(old)).status).toBe(400);
    expect(await status()).toBe("unsubscribed");
  });

  it("of a delivery settles a mail of an issue whose fate was unknown", async () => {
    await takeReports(opened.mailbox);
    await sql`INSERT INTO subscriber (email, email_norm) SELECT concat(n, '@x'), concat(n, '@x') FROM generate_series(1, 3) AS n`;
    await sql`
      INSERT INTO issue (key, kind, state, title, mail, armed_at, prepared)
      VALUES ('/a/', 'post', 'sending', 'A', '{}', now(), 3)`;
    await sql`
      INSERT INTO delivery (issue_id, subscriber_id, message_id, state, unsure_since, settled_at) VALUES
        (1, 1, 'one@x', 'unknown', now(), NULL), (1, 2, 'two@x', 'unknown', now(), NULL), (1, 3, 'three@x', 'failed', NULL, now())`;
    for (const id of ["one@x", "three@x"]) await report(event("email.delivered", { message_id: `<${id}>` }));
    const states = await sql`SELECT state FROM delivery ORDER BY message_id`;
    expect(states.map(({ state }) => state)).toEqual(["sent", "failed", "unknown"]);
  });
});

describe("what is not signed", () => {
  it("is refused: another key, another body, old, without a signature, or no report", async () => {
    await takeReports(opened.mailbox);
    await confirmed(opened.mailbox);
    await later("1 hour");
    const before = await everything();
    const refused = [
      report(bounced(), { key: Buffer.alloc(24, 4) }),
      report(bounced(), { spoil: " " }),
      report(bounced(), { timestamp: now() - 301 }),
      report(bounced(), { timestamp: now() + 301 }),
      report(bounced(), { timestamp: Number.NaN }),
      report("no JSON"),
      report("[]"),
      report({ type: "email.bounced" }),
      send(bounces, "/api/bounces", { method: "POST", body: JSON.stringify(bounced()) }),
    ];
    expect((await Promise.all(refused)).map((each) => each.status)).toEqual(refused.map(() => 400));
    expect((await report(`"${"x".repeat(70_000)}"`)).status).toBe(413);
    expect(await everything()).toBe(before);
  });

  it("is not even looked at where no secret is set", async () => {
    expect((await report(bounced())).status).toBe(404);
  });
});

it("names the methods it takes", async () => {
  await expectOnly(bounces, "/api/bounces", "POST");
});
