import { expect, it } from "vitest";
import contact from "../../../functions/contact.ts";
import { closeServices } from "../../../functions/lib/services.ts";
import sweep from "../../../functions/sweep.ts";
import { message, path, post, postByScript, stored } from "../support/contact.ts";
import { sql } from "../support/database.ts";
import { browser, expectOnly, json, send } from "../support/doors.ts";
import { owner, setEnvironment } from "../support/environment.ts";
import { startFresh } from "../support/fresh-start.ts";

const opened = startFresh();

it("stores a message, mails it to the owner and answers with 303", async () => {
  const response = await post();
  expect([response.status, response.headers.get("Location")]).toEqual([303, "/contact/sent/"]);
  expect(await stored()).toEqual([
    {
      name: "Ann Lee",
      email: "ann.lee@visitor.example",
      body: message.message.trim(),
      score: 0,
      flags: [],
      route: "notice",
    },
  ]);
  const [delivery] = opened.mailbox.deliveries;
  expect(delivery?.envelope).toEqual({ from: "blog@exactly-once.example", to: [owner] });
  expect(delivery?.mail.replyTo?.value).toEqual([{ address: "ann.lee@visitor.example", name: "Ann Lee" }]);
  expect(delivery?.mail.from?.value).toEqual([{ address: "blog@exactly-once.example", name: "Exactly Once" }]);
  expect(delivery?.mail.text).toContain("I liked “Quiet”. <b>é</b>");
  expect(delivery?.mail.html).toContain("I liked “Quiet”. &lt;b&gt;é&lt;/b&gt;");
  expect(delivery?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  const [row] = await sql`SELECT id, told_at IS NOT NULL AS told FROM contact_message`;
  expect(row).toMatchObject({ told: true });
  expect(delivery?.mail.headers.get("x-contact-id")).toBe(row?.["id"]);
  expect(await sql`SELECT state, attempts FROM outbox`).toEqual([{ state: "sent", attempts: 1 }]);
});

it("takes multipart", async () => {
  const body = new FormData();
  for (const [name, value] of Object.entries(message)) body.set(name, value);
  const response = await send(contact, path, { method: "POST", body, headers: browser });
  expect(response.status).toBe(303);
  expect(await stored()).toHaveLength(1);
});

it("takes JSON, with 201 and then 200 for the same again", async () => {
  const first = await send(contact, path, json(message));
  const { id, status } = (await first.json()) as { id: string; status: string };
  expect([first.status, status]).toEqual([201, "accepted"]);
  const again = await send(contact, path, json(message));
  expect([again.status, await again.json()]).toEqual([200, { id, status: "accepted" }]);
  expect(await stored()).toHaveLength(1);
});

it.each([
  ["without a script", post],
  ["by the page's script", postByScript],
])("takes the same message a hundred times at once as one, with one mail and equal answers, %s", async (_, send) => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => send()));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(await stored()).toHaveLength(1);
  expect(opened.mailbox.deliveries).toHaveLength(1);
  expect(await sql`SELECT count(*)::int AS n FROM outbox`).toEqual([{ n: 1 }]);
});

it("knows a message again that comes by script and then without", async () => {
  await postByScript();
  await post({ email: "Ann.Lee@visitor.example" });
  expect(await stored()).toHaveLength(1);
});

it("knows a message again after hours, when the same page sends it", async () => {
  await postByScript();
  await sql`DELETE FROM outbox`;
  await sql`
    UPDATE contact_message SET id = gen_random_uuid(), idem_key = 'long ago', received_at = now() - interval '9 hours'`;
  await postByScript();
  expect(await stored()).toHaveLength(1);
  await postByScript({ times: "1764000000001,1764000060000" });
  expect(await stored()).toHaveLength(2);
});

it("takes another text of the same page as another message", async () => {
  await postByScript();
  await postByScript({ message: "And one more thing" });
  expect(await stored()).toHaveLength(2);
  expect(opened.mailbox.deliveries).toHaveLength(2);
});

it("knows a message again after the keys were changed", async () => {
  await post();
  const old = process.env["TOKEN_KEYS"];
  await setEnvironment({
    SMTP_URL: opened.mailbox.url,
    TOKEN_KEYS: `t2:${Buffer.alloc(32, 9).toString("base64url")},${old}`,
  });
  await post();
  expect(await stored()).toHaveLength(1);
  await closeServices();
});

it("mails by the sweep what could not be mailed because the relay was down", async () => {
  await opened.mailbox.down();
  expect((await post()).status).toBe(303);
  const [entry] =
    await sql`SELECT state, attempts, last_code, extract(epoch FROM next_at - now())::float8 AS wait FROM outbox`;
  expect(entry).toMatchObject({ state: "queued", attempts: 1 });
  expect(entry?.["last_code"]).toMatch(/^E[A-Z]+$/);
  expect(entry?.["wait"]).toBeGreaterThan(40);
  expect(entry?.["wait"]).toBeLessThan(73);
  await opened.mailbox.up();
  await send(sweep, "/", { method: "POST" });
  expect(opened.mailbox.deliveries).toHaveLength(0);
  await sql`UPDATE outbox SET next_at = now()`;
  const swept = await send(sweep, "/", { method: "POST" });
  expect(await swept.json()).toMatchObject({ mail: { sent: 1 }, failed: [] });
  expect(opened.mailbox.deliveries).toHaveLength(1);
});

it("keeps the same Message-ID at every try", async () => {
  opened.mailbox.refuseWith = 451;
  await post();
  const [entry] = await sql`SELECT message_id, last_code FROM outbox`;
  expect(entry?.["last_code"]).toBe("EENVELOPE 451");
  opened.mailbox.refuseWith = undefined;
  await sql`UPDATE outbox SET next_at = now()`;
  await send(sweep, "/", { method: "POST" });
  expect(opened.mailbox.deliveries[0]?.mail.messageId).toBe(`<${entry?.["message_id"]}>`);
});

it("never mails anybody but the owner", async () => {
  for (let n = 0; n < 3; n += 1) await post({ message: `Message ${n}` });
  await send(sweep, "/", { method: "POST" });
  expect(opened.mailbox.deliveries.map(({ envelope }) => envelope.to)).toEqual([[owner], [owner], [owner]]);
});

it("names the methods it takes", async () => {
  await expectOnly(contact, path, "POST");
});
