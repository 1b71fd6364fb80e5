import type { Context } from "@netlify/functions";
import { parse } from "node-html-parser";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import contact from "../../../functions/contact.ts";
import { limits } from "../../../functions/lib/limits.ts";
import { closeServices } from "../../../functions/lib/services.ts";
import { site } from "../../../functions/lib/site-manifest.ts";
import sweep from "../../../functions/sweep.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { openBrokenRelay, stages } from "../support/broken-relay.ts";
import { message, path, post, stored } from "../support/contact.ts";
import { sql } from "../support/database.ts";
import { form, json, send } from "../support/doors.ts";
import { noDatabase, owner, setEnvironment, siteUrl } from "../support/environment.ts";
import { startFresh } from "../support/fresh-start.ts";
import { openWire, type Wire } from "../support/wire.ts";

const opened = startFresh();

describe("without the database", () => {
  it("mails the message itself, which says that it may be its only record", async () => {
    await setEnvironment({ SMTP_URL: opened.mailbox.url, ...noDatabase });
    const response = await post();
    expect([response.status, response.headers.get("Location")]).toEqual([303, "/contact/sent/"]);
    const [delivery] = opened.mailbox.deliveries;
    expect(delivery?.envelope).toEqual({ from: "blog@exactly-once.example", to: [owner] });
    expect(delivery?.mail.replyTo?.value).toEqual([{ address: "ann.lee@visitor.example", name: "Ann Lee" }]);
    expect(delivery?.mail.text).toMatch(/^The database could not take this message .* only record/);
    expect(delivery?.mail.text).toContain("I liked “Quiet”. <b>é</b>");
    expect(delivery?.mail.headers.get("x-contact-id")).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it("mails the same message once, however often it is sent", async () => {
    await setEnvironment({ SMTP_URL: opened.mailbox.url, ...noDatabase });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(opened.mailbox.deliveries).toHaveLength(1);
  });

  it("floods nobody: above twenty messages an hour they are given back", async () => {
    await setEnvironment({ SMTP_URL: opened.mailbox.url, ...noDatabase });
    const statuses: number[] = [];
    for (let n = 0; n < 25; n += 1) statuses.push((await post({ message: `Message ${n}` })).status);
    const most = limits.contactDirectPerHour;
    expect(statuses).toEqual([...Array(most).fill(303), ...Array(25 - most).fill(503)]);
    expect(opened.mailbox.deliveries).toHaveLength(most);
  });

  it("gives the text back with 503 when there is no relay either, and takes it once there is", async () => {
    await setEnvironment({ SMTP_URL: opened.mailbox.url, ...noDatabase });
    await opened.mailbox.down();
    const response = await post();
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "60"]);
    const page = parse(await response.text());
    expect(page.querySelector("#contact-name")?.getAttribute("value")).toBe("Ann Lee");
    expect(page.querySelector("#contact-email")?.getAttribute("value")).toBe("ann.lee@visitor.example");
    expect(page.querySelector("textarea")?.innerHTML).toContain("I liked “Quiet”. &lt;b&gt;é&lt;/b&gt;");
    expect(await (await send(contact, path, json(message))).json()).toMatchObject({ status: 503 });
    await opened.mailbox.up();
    expect((await post()).status).toBe(303);
    expect(opened.mailbox.deliveries).toHaveLength(1);
  });

  it("offers the owner's e-mail on that page, where the owner has made it public, with the text in it if it fits", async () => {
    await setEnvironment(noDatabase);
    const before = parse(await (await post()).text());
    expect(before.querySelector('main a[href^="mailto:"]')).toBeNull();
    Object.assign(site.site, { email: "hello@exactly-once.example" });
    try {
      const links = [];
      for (const text of ["Grüße & <more>\nline", "long ".repeat(900)]) {
        const page = parse(await (await post({ message: text })).text());
        links.push(page.querySelector('main a[href^="mailto:"]')?.getAttribute("href"));
      }
      expect(links).toEqual([
        "mailto:hello@exactly-once.example?body=Gr%C3%BC%C3%9Fe%20%26%20%3Cmore%3E%0D%0Aline",
        "mailto:hello@exactly-once.example",
      ]);
    } finally {
      Object.assign(site.site, { email: undefined });
    }
  });

  it("answers in time also when the database takes the connection and says nothing", async () => {
    const wire = await openWire(databaseOfWorker());
    wire.delays = { first: 60_000, each: 0 };
    await setEnvironment({ SMTP_URL: opened.mailbox.url, DATABASE_URL: wire.url });
    const started = performance.now();
    expect((await post()).status).toBe(303);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(opened.mailbox.deliveries[0]?.mail.text).toContain("only record");
    await closeServices();
    await wire.close();
  });
});

describe("a database that is slow or falls", () => {
  let wire: Wire;
  const through = async (delays: Wire["delays"]) => {
    wire = await openWire(databaseOfWorker());
    wire.delays = delays;
    await setEnvironment({ SMTP_URL: opened.mailbox.url, DATABASE_URL: wire.url });
  };
  afterEach(async () => {
    await closeServices();
    await wire.close();
  });

  it("takes the first message of a database that wakes for three seconds", async () => {
    await through({ first: 3_000, each: 0 });
    expect((await post()).status).toBe(303);
    expect(await stored()).toHaveLength(1);
    expect(opened.mailbox.deliveries[0]?.mail.text).not.toContain("only record");
  });

  it("answers within eight seconds at two seconds a statement, and opens no more connections than it may", async () => {
    await through({ first: 0, each: 2_000 });
    const started = performance.now();
    const answers = await Promise.all([1, 2, 3, 4].map((n) => post({ message: `Message ${n}` })));
    expect(performance.now() - started).toBeLessThan(8_000);
    for (const { status } of answers) expect(status).toBe(303);
    const told = new Set(opened.mailbox.deliveries.map(({ mail }) => mail.headers.get("x-contact-id")));
    expect(told.size).toBe(4);
    expect(wire.mostConnections).toBeLessThanOrEqual(limits.databaseConnections);
  });

  it("loses nothing that it accepted, whenever the database goes", async () => {
    await through({ first: 0, each: 2 });
    const fates: Promise<readonly [string, number]>[] = [];
    for (let n = 0; n < 12; n += 1) {
      const text = `Message ${n} of an outage`;
      const ip = `198.51.100.${n}`;
      fates.push(post({ message: text }, { ip }).then(({ status }) => [text, status] as const));
      await new Promise((resolve) => setTimeout(resolve, 3 * n));
      if (n % 3 === 2) wire.down();
      if (n % 3 === 0) wire.up();
    }
    const accepted = (await Promise.all(fates)).filter(([, status]) => status === 303).map(([text]) => text);
    const kept = new Set([
      ...(await sql`SELECT body FROM contact_message`).map(({ body }) => String(body)),
      ...opened.mailbox.deliveries.map(({ mail }) => /Message \d+ of an outage/.exec(mail.text ?? "")?.[0]),
    ]);
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.filter((text) => !kept.has(text))).toEqual([]);
  });
});

// About mail, not about the database: once is enough.
describe.runIf(inject("databaseKind") === "embedded")("a relay that fails", () => {
  const faults = stages.flatMap((stage) => {
    // What is refused at EHLO is tried with HELO, as it should be.
    const replies = { connect: ["554 no"], EHLO: ["421 closing"] }[stage as string] ?? [
      "421 closing",
      "451 later",
      "550 never",
    ];
    const kinds = stage === "body" ? ["close", "reset"] : ["close", "reset", ...replies];
    return kinds.map((fault) => [fault, stage] as const);
  });

  it.each(faults)(
    "with %s at %s costs no message, and no copy unless the mail had come whole",
    async (fault, stage) => {
      const relay = await openBrokenRelay(stage, fault as "close");
      await setEnvironment({ SMTP_URL: relay.url });
      expect((await post()).status).toBe(303);
      expect(await stored()).toHaveLength(1);
      expect(relay.faults).toBe(1);
      const before = relay.taken.length;
      expect(await sql`SELECT state FROM outbox`).toEqual([{ state: "queued" }]);
      relay.heal();
      await sql`UPDATE outbox SET next_at = now()`;
      await send(sweep, "/", { method: "POST" });
      expect(await sql`SELECT state FROM outbox`).toEqual([{ state: "sent" }]);
      expect(relay.taken).toHaveLength(before + 1);
      // A relay that refuses a mail does not keep it.
      expect(before).toBe(stage === "dot" && !/^\d/.test(fault) ? 1 : 0);
      const ids = relay.taken.map((mail) => /^Message-ID: (.*)\r$/im.exec(mail)?.[1]);
      expect(new Set(ids).size).toBe(1);
      await relay.close();
    },
  );

  it("and says nothing does not keep the visitor waiting, and the mail goes later", async () => {
    const relay = await openBrokenRelay("dot", "hang");
    await setEnvironment({ SMTP_URL: relay.url });
    const started = performance.now();
    const request = new Request(new URL(path, siteUrl), form(message));
    const response = await contact(request, { ip: "203.0.113.7" } as Context);
    expect(response.status).toBe(303);
    expect(performance.now() - started).toBeLessThan(limits.contactSendWaitMs + 1_000);
    await vi.waitFor(async () => expect(await sql`SELECT state FROM outbox`).toEqual([{ state: "queued" }]), 15_000);
    expect(await sql`SELECT last_code FROM outbox`).toEqual([{ last_code: "ETIMEDOUT" }]);
    await relay.close();
  });
});

it("loses none of 200 messages to a relay that is down for a day: they go one step of the back-off after it", async () => {
  await setEnvironment({});
  await sql`
    INSERT INTO contact_message (id, idem_key, name, email, body, told_in, received_at)
    SELECT gen_random_uuid(), int4send(n), 'Ann Lee', 'ann.lee@visitor.example', 'Message ' || n, gen_random_uuid(), now() - interval '24 hours'
    FROM generate_series(1, 200) AS n`;
  await sql`
    INSERT INTO outbox (id, kind, dedupe_key, message_id, contact_message_id, created_at, attempts, next_at)
    SELECT told_in, 'contact', 'contact:' || id, id || '@exactly-once.example', id, received_at, 8, now()
    FROM contact_message`;
  await send(sweep, "/", { method: "POST" });
  const relay = await openBrokenRelay("dot", "close");
  relay.heal();
  await setEnvironment({ SMTP_URL: relay.url });
  const [longest] = await sql`SELECT extract(epoch FROM max(next_at) - now())::float8 / 3600 AS hours FROM outbox`;
  expect(longest?.["hours"]).toBeLessThanOrEqual(limits.mailRetryMaxHours * 1.2);
  await sql`UPDATE outbox SET next_at = now()`;
  for (let n = 0; n < 20; n += 1) await send(sweep, "/", { method: "POST" });
  expect(await sql`SELECT state, count(*)::int AS n FROM outbox GROUP BY state`).toEqual([{ state: "sent", n: 200 }]);
  const texts = relay.taken.map((mail) => /^Message \d+(?=\r$)/m.exec(mail)?.[0]);
  expect([texts.length, new Set(texts).size]).toEqual([200, 200]);
  await relay.close();
}, 90_000);
