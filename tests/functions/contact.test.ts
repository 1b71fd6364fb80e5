import { parse } from "node-html-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import contact from "../../functions/contact.ts";
import { closeServices } from "../../functions/lib/services.ts";
import sweep from "../../functions/sweep.ts";
import { emptyDatabase, sql } from "./support/database.ts";
import { browser, expectOnly, form, json, send } from "./support/doors.ts";
import { noDatabase, owner, setEnvironment } from "./support/environment.ts";
import { keepLogs, neverLogged } from "./support/logs.ts";
import { type Mailbox, openMailbox } from "./support/mailbox.ts";

const message = { name: "Ann Lee", email: "ann.lee@visitor.example", message: "Hello,\nI liked “Quiet”. <b>é</b>\n" };
const path = "/api/contact";

const logs = keepLogs();
neverLogged(["ann", "lee", "visitor.example", "liked", owner, "203.0.113"]);

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await openMailbox();
});
beforeEach(async () => {
  mailbox.deliveries.length = 0;
  mailbox.refuseWith = undefined;
  await setEnvironment({ SMTP_URL: mailbox.url });
  await emptyDatabase();
});
afterAll(async () => {
  await closeServices();
  await mailbox.down();
});

async function stored() {
  return sql`SELECT name, email, body, score, flags FROM contact_message ORDER BY received_at`;
}

describe("a message", () => {
  it("is stored, mailed to the owner and answered with 303", async () => {
    const response = await send(contact, path, form(message));
    expect([response.status, response.headers.get("Location")]).toEqual([303, "/contact/sent/"]);
    expect(await stored()).toEqual([
      { name: "Ann Lee", email: "ann.lee@visitor.example", body: message.message.trim(), score: 0, flags: [] },
    ]);
    const [delivery] = mailbox.deliveries;
    expect(delivery?.envelope).toEqual({ from: "blog@exactly-once.example", to: [owner] });
    expect(delivery?.mail.replyTo?.value).toEqual([{ address: "ann.lee@visitor.example", name: "Ann Lee" }]);
    expect(delivery?.mail.from?.value).toEqual([{ address: "blog@exactly-once.example", name: "Exactly Once" }]);
    expect(delivery?.mail.text).toContain("I liked “Quiet”. <b>é</b>");
    expect(delivery?.mail.html).toContain("I liked “Quiet”. &lt;b&gt;é&lt;/b&gt;");
    expect(delivery?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(await sql`SELECT state, attempts FROM outbox`).toEqual([{ state: "sent", attempts: 1 }]);
  });

  it("may come as multipart", async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(message)) body.set(name, value);
    const response = await send(contact, path, { method: "POST", body, headers: browser });
    expect(response.status).toBe(303);
    expect(await stored()).toHaveLength(1);
  });

  it("may come as JSON, with 201 and then 200 for the same again", async () => {
    const first = await send(contact, path, json(message));
    const { id, status } = (await first.json()) as { id: string; status: string };
    expect([first.status, status]).toEqual([201, "accepted"]);
    const again = await send(contact, path, json(message));
    expect([again.status, await again.json()]).toEqual([200, { id, status: "accepted" }]);
    expect(await stored()).toHaveLength(1);
  });

  it("sent a hundred times at once is one message and one mail", async () => {
    const sent = Array.from({ length: 100 }, () => send(contact, path, form(message)));
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([303]));
    expect(await stored()).toHaveLength(1);
    expect(mailbox.deliveries).toHaveLength(1);
  });

  it("with another text is another message", async () => {
    await send(contact, path, form(message));
    await send(contact, path, form({ ...message, message: "And one more thing" }));
    expect(await stored()).toHaveLength(2);
    expect(mailbox.deliveries).toHaveLength(2);
  });

  it("with the trap filled is stored and mailed like any other, with its score", async () => {
    expect((await send(contact, path, form({ ...message, website: "https://junk.example" }))).status).toBe(303);
    expect(await stored()).toMatchObject([{ score: 5, flags: ["trap"] }]);
    expect(mailbox.deliveries[0]?.mail.text).toContain("Signs of junk: trap");
  });

  it("is mailed by the sweep when the relay was down", async () => {
    await mailbox.down();
    expect((await send(contact, path, form(message))).status).toBe(303);
    const [entry] =
      await sql`SELECT state, attempts, last_code, extract(epoch FROM next_at - now())::float8 AS wait FROM outbox`;
    expect(entry).toMatchObject({ state: "queued", attempts: 1 });
    expect(entry?.["last_code"]).toMatch(/^E[A-Z]+$/);
    expect(entry?.["wait"]).toBeGreaterThan(40);
    expect(entry?.["wait"]).toBeLessThan(73);
    await mailbox.up();
    await send(sweep, "/", { method: "POST" });
    expect(mailbox.deliveries).toHaveLength(0);
    await sql`UPDATE outbox SET next_at = now()`;
    const swept = await send(sweep, "/", { method: "POST" });
    expect(await swept.json()).toMatchObject({ mail: { sent: 1 }, failed: [] });
    expect(mailbox.deliveries).toHaveLength(1);
  });

  it("keeps the same Message-ID at every try", async () => {
    mailbox.refuseWith = 451;
    await send(contact, path, form(message));
    const [entry] = await sql`SELECT message_id, last_code FROM outbox`;
    expect(entry?.["last_code"]).toBe("EENVELOPE 451");
    mailbox.refuseWith = undefined;
    await sql`UPDATE outbox SET next_at = now()`;
    await send(sweep, "/", { method: "POST" });
    expect(mailbox.deliveries[0]?.mail.messageId).toBe(`<${entry?.["message_id"]}>`);
  });
});

describe("a refusal", () => {
  it("is a 422 page with the values kept and the problems linked to their fields", async () => {
    const response = await send(contact, path, form({ name: '"Ann"', email: "ann@", message: "<script>\n\ntext" }));
    expect(response.status).toBe(422);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    const page = parse(await response.text());
    expect(page.querySelector("title")?.text).toContain("Error");
    expect(page.querySelector("#contact-name")?.getAttribute("value")).toBe('"Ann"');
    expect(page.querySelector("#contact-email")?.getAttribute("value")).toBe("ann@");
    expect(page.querySelector("#contact-email")?.getAttribute("aria-invalid")).toBe("true");
    expect(page.querySelector("textarea")?.innerHTML).toBe("\n&lt;script&gt;\n\ntext");
    const link = page.querySelector('.problem-summary[role="alert"] a');
    expect(link?.getAttribute("href")).toBe("#contact-email");
    const described = page.querySelector("#contact-email")?.getAttribute("aria-describedby")?.split(" ") ?? [];
    for (const id of described) expect(page.querySelector(`#${id}`)).not.toBeNull();
    expect(described).toContain("contact-email-problem");
    expect(await stored()).toEqual([]);
  });

  it("is a problem document for a program", async () => {
    const response = await send(contact, path, json({ ...message, email: "a@b.com, c@d.com" }));
    expect([response.status, response.headers.get("Content-Type")]).toEqual([422, "application/problem+json"]);
    expect(await response.json()).toMatchObject({
      status: 422,
      errors: [{ field: "email", detail: expect.any(String) }],
    });
    const accepting = await send(contact, path, form({}, { Accept: "application/json" }));
    expect(await accepting.json()).toMatchObject({
      errors: [{ field: "name" }, { field: "email" }, { field: "message" }],
    });
  });

  it.each([
    [403, form(message, { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" })],
    [403, form(message, { Origin: "null", "Sec-Fetch-Site": "cross-site" })],
    [413, form({ ...message, message: "m".repeat(70_000) })],
    [413, form(message, { "Content-Length": "99999999" })],
    [415, { ...form(message), headers: { ...browser, "Content-Type": "text/plain" } }],
    [400, { ...form(message), body: "name=%ff" }],
    [422, form({ ...message, to: "someone@else.example" })],
  ])("is a readable page: %d", async (status, init) => {
    const response = await send(contact, path, init);
    expect(response.status).toBe(status);
    const page = parse(await response.text());
    expect(page.querySelector("main h1, h1")?.text).toBeTruthy();
    expect(page.text).not.toMatch(/stack|node_modules|Error:.*at /);
    expect(await stored()).toEqual([]);
    const forProgram = await send(contact, path, { ...init, headers: { ...init.headers, Accept: "application/json" } });
    expect(await forProgram.json()).toMatchObject({ status });
  });

  it("is a 503 page that gives the text back when there is no database", async () => {
    await setEnvironment({ SMTP_URL: mailbox.url, ...noDatabase });
    const response = await send(contact, path, form(message));
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "60"]);
    const page = parse(await response.text());
    expect(page.querySelector("#contact-name")?.getAttribute("value")).toBe("Ann Lee");
    expect(page.querySelector("textarea")?.innerHTML).toContain("I liked “Quiet”. &lt;b&gt;é&lt;/b&gt;");
    expect(await (await send(contact, path, json(message))).json()).toMatchObject({ status: 503 });
    expect(mailbox.deliveries).toEqual([]);
  });

  it("names the methods it takes", async () => {
    await expectOnly(contact, path, "POST");
  });

  it("is noted once as a configuration's, and is a 503 without a word of it", async () => {
    logs.clear();
    await setEnvironment({ TOKEN_KEYS: "sesame", CONTACT_TO: "" });
    for (const init of [form(message), form(message), json(message)]) {
      const response = await send(contact, path, init);
      expect(response.status).toBe(503);
      expect(await response.text()).not.toMatch(/TOKEN_KEYS|sesame/);
    }
    const noted = logs.lines.filter((line) => line.includes("configuration refused"));
    expect(noted).toHaveLength(1);
    expect(noted[0]).toContain("CONTACT_TO is missing, TOKEN_KEYS is malformed");
    expect(logs.lines.join()).not.toContain("sesame");
  });
});

// About mail, not about the database: once is enough.
describe.runIf(inject("databaseKind") === "embedded")("injection", () => {
  const hostile = [
    "\r\nBcc: victim@else.example",
    "\nTo: victim@else.example",
    "\rX-Evil: 1",
    "\0Bcc: victim@else.example",
    ", victim@else.example",
    "; victim@else.example",
    " <victim@else.example>",
    '" <victim@else.example>, "',
    "(victim@else.example)",
    "group: victim@else.example;",
    "=?utf-8?q?=0D=0ABcc:_victim@else.example?=",
    "%0d%0aBcc: victim@else.example",
    "\u2028Bcc: victim@else.example",
    "\r\n\r\n.\r\nMAIL FROM:<x@else.example>",
  ];

  it.each(hostile.flatMap((text) => ["name", "email", "message"].map((field) => [field, text])))(
    "in %s never adds a recipient or a header: %j",
    async (field = "", text = "") => {
      const value = `${message[field as keyof typeof message]}${text}`;
      const response = await send(contact, path, form({ ...message, [field]: value }));
      expect([303, 400, 422]).toContain(response.status);
      for (const { envelope, mail, raw } of mailbox.deliveries) {
        expect(envelope.to).toEqual([owner]);
        expect(mail.headerLines.map(({ key }) => key).sort()).toEqual(
          [
            "auto-submitted",
            "content-type",
            "date",
            "from",
            "message-id",
            "mime-version",
            "reply-to",
            "subject",
            "to",
          ].sort(),
        );
        expect(mail.replyTo?.value).toHaveLength(1);
        expect(mail.replyTo?.value[0]?.address).toBe(message.email);
        expect(raw.split("\r\n\r\n")[0]).not.toMatch(/^(?:Bcc|X-Evil|To: victim)/im);
      }
      expect(mailbox.deliveries).toHaveLength(response.status === 303 ? 1 : 0);
    },
  );
});
