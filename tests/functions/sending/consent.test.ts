import type { Context } from "@netlify/functions";
import { simpleParser } from "mailparser";
import { expect, it } from "vitest";
import { callFunction } from "../../../functions/lib/internal-call.ts";
import { mailServices } from "../../../functions/lib/mail-services.ts";
import { subscriberToken } from "../../../functions/lib/newsletter/tokens.ts";
import { confirmByMessageId } from "../../../functions/lib/store/deliveries.ts";
import newsletterBackground from "../../../functions/newsletter-background.ts";
import unsubscribe from "../../../functions/unsubscribe.ts";
import { sql } from "../support/database.ts";
import { send } from "../support/doors.ts";
import { raceUnsubscribing } from "../support/race-unsubscribing.ts";
import { callSenderAtOnce } from "../support/same-request.ts";
import { armIssue, countStates, openNewsletter, received, sendNow, subscribe, useRelay } from "../support/sending.ts";

const opened = openNewsletter();
const oneClick = {
  method: "POST",
  body: "List-Unsubscribe=One-Click",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
};

it("a mail can be read, left with one click, and recognised as a mail of a list", async () => {
  await subscribe(1);
  await armIssue(opened);
  await useRelay(opened, { environment: { MAIL_IDEMPOTENCY_HEADER: "Resend-Idempotency-Key" } });
  await sendNow();
  const [raw = ""] = opened.relay.taken;
  const mail = await simpleParser(Buffer.from(raw, "latin1"));
  const [delivery] = await sql`SELECT message_id FROM delivery`;
  const header = (name: string) => mail.headerLines.find(({ key }) => key === name)?.line.replace(/^[^:]*: /, "");
  expect(mail.messageId).toBe(`<${delivery?.["message_id"]}>`);
  expect(header("resend-idempotency-key")).toBe(delivery?.["message_id"].replace(/@.*/, ""));
  expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(header("list-id")).toBe("<newsletter.exactly-once.example>");
  expect([header("precedence"), header("auto-submitted")]).toEqual(["bulk", "auto-generated"]);
  expect([mail.subject, mail.from?.text]).toEqual(["About kafka", '"Exactly Once" <blog@exactly-once.example>']);
  expect(mail.text).toContain("Über kafka.\n.\n..dots\n");
  const url = /^<(http[^>]+)>$/.exec(header("list-unsubscribe") ?? "")?.[1] ?? "";
  expect(mail.text).toContain(`Leave: ${url}\n`);
  expect(mail.html).toContain(`<a href="${url}">leave</a>`);
  expect(mail.text + String(mail.html)).not.toContain("{{");
  expect((await send(unsubscribe, url.slice(opened.siteUrl.length), oneClick)).status).toBe(200);
  expect(await sql`SELECT status FROM subscriber`).toEqual([{ status: "unsubscribed" }]);
});

it("F17: who leaves, pauses or is erased after an issue was armed does not get it; who moves gets it at the new address", async () => {
  await subscribe(4);
  await armIssue(opened);
  await useRelay(opened);
  await sql`UPDATE subscriber SET status = 'unsubscribed' WHERE id = 1`;
  await sql`UPDATE subscriber SET rhythm = 'paused' WHERE id = 2`;
  await sql`UPDATE subscriber SET status = 'erased', email = NULL, email_norm = NULL WHERE id = 3`;
  await sql`UPDATE subscriber SET email = 'moved@reader.example' WHERE id = 4`;
  await sendNow();
  expect([[...received(opened).keys()], await countStates()]).toEqual([
    ["moved@reader.example"],
    { sent: 1, skipped: 3 },
  ]);
});

it("F17: the relay's word by webhook settles only what is unknown, before, twice and for an unknown id", async () => {
  await subscribe(1);
  await armIssue(opened);
  const [delivery] = await sql`SELECT message_id FROM delivery`;
  const id = String(delivery?.["message_id"]);
  expect([await confirmByMessageId(sql, id), await confirmByMessageId(sql, "nobody@knows.example")]).toEqual([
    false,
    false,
  ]);
  await useRelay(opened, { behave: ({ stage }) => (stage === "dot" ? "close" : undefined) });
  await sendNow();
  expect(await countStates()).toEqual({ unknown: 1 });
  expect([await confirmByMessageId(sql, id), await confirmByMessageId(sql, id)]).toEqual([true, false]);
  expect(await countStates()).toEqual({ sent: 1 });
});

it("F16: a hundred calls of the sender at once are idle twins of one", async () => {
  expect(await callSenderAtOnce(opened, 1)).toMatchObject({ requests: 100, "mails too many": 0 });
});

it("starts for nobody but us, and not in a preview", async () => {
  await subscribe(1);
  await armIssue(opened);
  await useRelay(opened);
  await sql`UPDATE site_state SET sender_lease_until = NULL`;
  const services = mailServices();
  const late = { ...services, clock: () => new Date(Date.now() - 120_000) };
  await callFunction(late, "newsletter-background", "{}");
  await callFunction(services, "another-background", "{}");
  const forged = new Request("https://site.example/.netlify/functions/newsletter-background", {
    method: "POST",
    headers: { "X-Firstflight-Call": subscriberToken(services.keys, "unsubscribe", "1") },
    body: "{}",
  });
  await newsletterBackground(forged, {} as Context);
  await useRelay(opened, { environment: { CONTEXT: "deploy-preview" } });
  await callFunction(mailServices(), "newsletter-background", "{}");
  await Promise.all(opened.background.splice(0));
  expect(await countStates()).toEqual({ queued: 1 });
});

it("F18: in 300 races nobody is mailed whose unsubscription was acknowledged before the gate", async () => {
  const { mailedAfter, races, unsubscribed } = await raceUnsubscribing(opened, 300);
  expect({ mailedAfter, races, unsubscribed }).toEqual({ mailedAfter: 0, races: 300, unsubscribed: 300 });
});
