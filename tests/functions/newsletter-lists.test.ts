import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailServices } from "../../functions/lib/mail-services.ts";
import {
  exportSubscribers,
  type ImportOptions,
  importSubscribers,
  type ListServices,
} from "../../functions/lib/newsletter/import-export.ts";
import { formats, type ListFormat } from "../../functions/lib/newsletter/subscriber-rows.ts";
import preferences from "../../functions/preferences.ts";
import sweep from "../../functions/sweep.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import { emptyDatabase, everything, sql } from "./support/database.ts";
import { form, send } from "./support/doors.ts";
import { confirmed, later, mailedToken, openNewsletter, press, signUp, tokenFor } from "./support/newsletter.ts";

const opened = openNewsletter();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "firstflight-lists-"));
});
afterAll(() => rm(folder, { recursive: true }));

function services(): ListServices {
  const { database, keys, config } = mailServices();
  return { database, keys, mailFrom: config.mailFrom };
}
const exported = (format: ListFormat) => exportSubscribers(services(), format);

async function imported(text: string, format: ListFormat = "csv", options: ImportOptions = {}) {
  const file = path.join(folder, `list.${format}`);
  await writeFile(file, text);
  return importSubscribers(services(), file, options);
}

async function refusal(text: string, format: ListFormat = "csv"): Promise<readonly string[]> {
  const message = await imported(text, format).then(
    () => "taken",
    (error: Error) => error.message,
  );
  return message.split("\n").map((line) => line.replace(`${folder}/`, ""));
}

/** One of each kind: a reader with wishes, one who left, one whose mailbox is gone, one erased, one who only asked. */
async function someOfEach(): Promise<void> {
  await confirmed(opened.mailbox, "Anna+List@reader.example");
  await sql`UPDATE subscriber SET topics = '{kafka,delta-lake}', rhythm = 'monthly'`;
  await confirmed(opened.mailbox, "left@reader.example");
  await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe", "2") }));
  await confirmed(opened.mailbox, "gone@reader.example");
  await sql`UPDATE subscriber SET status = 'bounced', hard_bounces = 1 WHERE id = 3`;
  await sql`INSERT INTO consent_event (subscriber_id, consent_no, what, text_version) VALUES (3, 1, 'bounced', '2026-11')`;
  await sql`INSERT INTO suppression (email_hash, reason) VALUES (${services().keys.hash("suppression", "gone@reader.example")}, 'bounced')`;
  const token = await confirmed(opened.mailbox, "erased@reader.example");
  await send(preferences, "/newsletter/preferences", form({ token, action: "erase", sure: "yes" }));
  await signUp("pending@reader.example");
}

describe("a list", () => {
  it.each(formats)("as %s comes back byte for byte from an empty database that has read it", async (format) => {
    await someOfEach();
    const list = await exported(format);
    expect(list).toContain("Anna+List@reader.example");
    expect(list).not.toMatch(/erased@|pending@/);
    await emptyDatabase();
    const report = await imported(list, format);
    expect(report).toEqual({ added: 3, asked: 0, kept: 0, suppressed: 0, hashes: 1 });
    expect(await exported(format)).toBe(list);
    // And once more nothing changes.
    const before = await everything();
    expect(await imported(list, format)).toMatchObject({ added: 0, kept: 3, hashes: 0 });
    expect(await everything()).toBe(before);
  });

  it("keeps the numbers of subscribers, so that a link of before is nobody else's", async () => {
    await someOfEach();
    const list = await exported("csv");
    await emptyDatabase();
    await imported(list);
    const ids = await sql`SELECT id, email_norm FROM subscriber ORDER BY id`;
    expect(ids.map(({ id, email_norm }) => `${id} ${email_norm}`)).toEqual([
      "1 anna+list@reader.example",
      "2 left@reader.example",
      "3 gone@reader.example",
    ]);
    await signUp("next@reader.example");
    const [next] = await sql`SELECT id::int FROM subscriber WHERE email_norm = 'next@reader.example'`;
    expect(next?.["id"]).toBeGreaterThan(3);
  });

  it("comes back whatever the people in it are", async () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
    const people = fc.uniqueArray(
      fc.record({
        local: fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}$/),
        status: fc.constantFrom("confirmed", "unsubscribed", "bounced"),
        topics: fc.uniqueArray(word, { maxLength: 3 }),
        rhythm: fc.constantFrom("each", "weekly", "monthly", "paused"),
        text: fc.constantFrom("2026-11", 'the "old", wording', "2020"),
        at: fc.date({ min: new Date("2001-01-01"), max: new Date("2026-01-01"), noInvalidDate: true }),
      }),
      { selector: ({ local }) => local.toLowerCase(), maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(people, fc.constantFrom(...formats), async (some, format) => {
        await emptyDatabase();
        const rows = some.map(({ local, status, topics, rhythm, text, at }) => ({
          ...{ email: `${local}@reader.example`, status, topics, rhythm, consent_text: text },
          ...{ requested_at: at.toISOString(), confirmed_at: at.toISOString() },
          ...(status !== "confirmed" && { ended_at: at.toISOString() }),
        }));
        await imported(rows.map((row) => `${JSON.stringify(row)}\n`).join(""), "ndjson");
        const list = await exported(format);
        await emptyDatabase();
        await imported(list, format);
        expect(await exported(format)).toBe(list);
      }),
      { numRuns: 15 },
    );
  });
});

describe("an import", () => {
  const proof = "2024-05-01T10:00:00Z";

  it("takes an address and a date of consent, and notes that it was imported", async () => {
    const report = await imported(
      `Email,Confirmed_at\r\nann@reader.example,2024-05-01\r\nBob@reader.example,2024-05-01 10:00:00\r\n`,
    );
    expect(report).toMatchObject({ added: 2, asked: 0 });
    expect(await sql`SELECT email, status, topics, rhythm FROM subscriber ORDER BY id`).toEqual([
      { email: "ann@reader.example", status: "confirmed", topics: [], rhythm: "each" },
      { email: "Bob@reader.example", status: "confirmed", topics: [], rhythm: "each" },
    ]);
    expect(await sql`SELECT what, at FROM consent_event ORDER BY id`).toEqual([
      { what: "imported", at: new Date("2024-05-01T00:00:00Z") },
      { what: "imported", at: new Date(proof) },
    ]);
    expect(opened.mailbox.deliveries).toEqual([]);
  });

  it("revives nobody who has left, bounced or been erased, and changes nobody who is here", async () => {
    await someOfEach();
    await later("25 hours");
    const addresses = ["anna+list", "left", "gone", "erased"].map((name) => `${name}@reader.example,${proof},weekly`);
    const before = await everything();
    const report = await imported(`email,confirmed_at,rhythm\n${addresses.join("\n")}\n`);
    expect(report).toEqual({ added: 0, asked: 0, kept: 3, suppressed: 1, hashes: 0 });
    expect(await everything()).toBe(before);
  });

  it("confirms who has only asked here, when there is proof, and notes who has left elsewhere", async () => {
    await signUp("pending@reader.example");
    await signUp("other@reader.example");
    await imported(`email,confirmed_at,status\npending@reader.example,${proof},\nother@reader.example,,unsubscribed\n`);
    expect(await sql`SELECT status FROM subscriber ORDER BY id`).toEqual([
      { status: "confirmed" },
      { status: "unsubscribed" },
    ]);
  });

  it("refuses an address without proof of consent, unless it may ask: then one mail a minute goes, and the press counts", async () => {
    const list = "email\nann@reader.example\nbob@reader.example\n";
    expect((await refusal(list))[0]).toBe(
      "list.csv:2:1 no proof of consent: confirmed_at is empty (--ask asks by mail)",
    );
    expect(await sql`SELECT id FROM subscriber`).toEqual([]);
    expect(await imported(list, "csv", { asks: true })).toMatchObject({ added: 2, asked: 2 });
    expect(await sql`SELECT status FROM subscriber`).toEqual([{ status: "pending" }, { status: "pending" }]);
    await send(sweep, "/", { method: "POST" });
    expect(opened.mailbox.deliveries.map(({ envelope }) => envelope.to)).toEqual([["ann@reader.example"]]);
    await later("1 minute");
    await send(sweep, "/", { method: "POST" });
    expect(opened.mailbox.deliveries).toHaveLength(2);
    await press(mailedToken(opened.mailbox));
    expect(await sql`SELECT status FROM subscriber ORDER BY id`).toEqual([
      { status: "pending" },
      { status: "confirmed" },
    ]);
  });

  it("says of every mistake where it is, and writes nothing then", async () => {
    const rows = [
      "email,confirmed_at,topics,rhythm,status,suppression,subscriber_id,nickname",
      `ann@reader.example,${proof},kafka,weekly,confirmed,,7,x`,
      `a@b@c,${proof},,,,,,x`,
      `bob@reader.example,yesterday,Big Data,hourly,maybe,spam,0,x`,
      `ANN@reader.example,${proof},,,,,,x`,
      `eve@reader.example,2999-01-01,,,,,,x`,
      `dan@reader.example,2024-02-30,,,,,,x`,
      `short@reader.example,${proof}`,
      `sam@reader.example,${proof},,,confirmed,bounced,,x`,
    ];
    expect(await refusal(rows.join("\n"))).toEqual([
      expect.stringMatching(/^list\.csv:1:67 unknown column "nickname"; known are subscriber_id, email,/),
      'list.csv:3:1 "a@b@c" is no e-mail address',
      'list.csv:4:20 "yesterday" is no time like 2026-03-14T15:09:26Z',
      'list.csv:4:30 "Big" is no tag, in lower case, words joined by -',
      'list.csv:4:39 "hourly" is none of each, weekly, monthly, paused',
      'list.csv:4:46 "maybe" is none of confirmed, unsubscribed, bounced, pending',
      'list.csv:4:52 "spam" is none of erased, bounced, complained',
      'list.csv:4:57 "0" is no number of a subscriber',
      "list.csv:5:1 this address stands in line 2 already",
      "list.csv:6:20 is in the future",
      'list.csv:7:20 "2024-02-30" is no time like 2026-03-14T15:09:26Z',
      "list.csv:8:1 2 values where the first line names 8 columns",
      "list.csv:9:53 an address cannot be confirmed and suppressed",
      "Nothing was imported.",
    ]);
    expect(await sql`SELECT id FROM subscriber`).toEqual([]);
  });

  it("says it of lines of JSON as well", async () => {
    const rows = [
      `{"email": "ann@reader.example", "confirmed_at": "${proof}"}`,
      `{"email": "bob@reader.example", "confirmed_at": true}`,
      `{"email": "a@b", "confirmed_at": "${proof}", "nick": 1}`,
      `["email"]`,
      `{"email": "eve@reader.example",`,
    ];
    expect(await refusal(rows.join("\n"), "ndjson")).toEqual([
      "list.ndjson:2:1 no proof of consent: confirmed_at is empty (--ask asks by mail)",
      "list.ndjson:2:49 confirmed_at is neither a text nor a number",
      'list.ndjson:3:11 "a@b" is no e-mail address',
      expect.stringMatching(/^list\.ndjson:3:58 unknown column "nick"/),
      "list.ndjson:4:1 not an object",
      expect.stringMatching(/^list\.ndjson:5:32 no JSON/),
      "Nothing was imported.",
    ]);
  });

  it("says what a file is not", async () => {
    expect(await refusal("name\nAnn\n")).toContain('list.csv:1:1 the first line names no column "email"');
    await writeFile(path.join(folder, "latin.csv"), Buffer.from("email\nj\xf6rg@reader.example\n", "latin1"));
    await expect(importSubscribers(services(), path.join(folder, "latin.csv"))).rejects.toThrow(/is not UTF-8/);
    await expect(importSubscribers(services(), "list.xlsx")).rejects.toThrow(/--format csv/);
  });

  it("of more rows than one transaction takes is stored whole", async () => {
    const rows = Array.from({ length: 2_500 }, (_, n) => `reader-${n}@reader.example,${proof}`);
    expect(await imported(`email,confirmed_at\n${rows.join("\n")}\n`)).toMatchObject({ added: 2_500 });
    expect(await sql`SELECT count(*)::int AS n FROM consent_event`).toEqual([{ n: 2_500 }]);
  });
});
