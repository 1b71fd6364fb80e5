import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import contact from "../../functions/contact.ts";
import { limits } from "../../functions/lib/limits.ts";
import { mailServices } from "../../functions/lib/mail-services.ts";
import { closeServices } from "../../functions/lib/services.ts";
import { site } from "../../functions/lib/site-manifest.ts";
import { permissions } from "../../functions/lib/sweep/deploy.ts";
import { sweep as sweepNow } from "../../functions/lib/sweep/sweep.ts";
import subscribe from "../../functions/subscribe.ts";
import sweep from "../../functions/sweep.ts";
import views from "../../functions/views.ts";
import { emptyDatabase, sql } from "./support/database.ts";
import { browser, expectOnly, form, json, send } from "./support/doors.ts";
import { noDatabase, setEnvironment } from "./support/environment.ts";
import { type Mailbox, openMailbox } from "./support/mailbox.ts";

const may = { mail: true, rebuild: false, announce: false };

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await openMailbox();
});
beforeEach(async () => {
  mailbox.deliveries.length = 0;
  mailbox.refuseWith = undefined;
  await setEnvironment({});
  await emptyDatabase();
});
afterAll(async () => {
  await closeServices();
  await mailbox.down();
});

/** `count` messages that could not be mailed, due now. */
async function waiting(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const stranger = { name: "Ann", email: `ann-${n}@example.com`, message: `Message ${n}` };
    await send(contact, "/api/contact", { ...form(stranger), ip: `198.51.100.${n}` });
  }
  await sql`UPDATE outbox SET next_at = now(), attempts = 0`;
  await setEnvironment({ SMTP_URL: mailbox.url });
}

it("sends all mail that waits, each once, however many sweeps run", async () => {
  await waiting(12);
  const reports = await Promise.all(Array.from({ length: 4 }, () => sweepNow(mailServices(), may)));
  expect(reports.reduce((sum, { mail }) => sum + (mail?.sent ?? 0), 0)).toBe(12);
  const subjects = mailbox.deliveries.map(({ mail }) => mail.messageId);
  expect([subjects.length, new Set(subjects).size]).toEqual([12, 12]);
});

it("leaves a mail alone that another is sending, and takes it over when that one is gone", async () => {
  await waiting(1);
  await sql`UPDATE outbox SET state = 'leased', attempts = 1, lease_until = now() + interval '30 seconds'`;
  expect((await sweepNow(mailServices(), may)).mail).toMatchObject({ sent: 0 });
  await sql`UPDATE outbox SET lease_until = now() - interval '1 second'`;
  expect((await sweepNow(mailServices(), may)).mail).toMatchObject({ sent: 1 });
});

it("stops at a relay that is down, and the other mails keep their tries", async () => {
  await waiting(3);
  await mailbox.down();
  const report = await sweepNow(mailServices(), may);
  await mailbox.up();
  expect(report.mail).toEqual({ sent: 0, skipped: 0, retry: 1, failed: 0 });
  expect(await sql`SELECT attempts FROM outbox ORDER BY attempts`).toEqual([
    { attempts: 0 },
    { attempts: 0 },
    { attempts: 1 },
  ]);
});

it("waits longer after each try, up to six hours, and gives up after three days", async () => {
  await waiting(1);
  mailbox.refuseWith = 451;
  for (const [attempts, minutes] of [
    [1, 1],
    [2, 2],
    [4, 8],
    [9, 256],
    [10, 360],
    [50, 360],
  ] as const) {
    await sql`UPDATE outbox SET next_at = now(), attempts = ${attempts - 1}`;
    await sweepNow(mailServices(), may);
    const [row] = await sql`SELECT extract(epoch FROM next_at - now())::float8 / 60 AS wait FROM outbox`;
    expect(row?.["wait"]).toBeGreaterThan(minutes * 0.8 - 0.2);
    expect(row?.["wait"]).toBeLessThan(minutes * 1.2);
  }
  await sql`UPDATE outbox SET next_at = now(), created_at = now() - interval '73 hours'`;
  expect((await sweepNow(mailServices(), may)).mail).toMatchObject({ failed: 1 });
  expect(await sql`SELECT state, last_code, finished_at IS NOT NULL AS ended FROM outbox`).toEqual([
    { state: "failed", last_code: "EENVELOPE 451", ended: true },
  ]);
  expect(await sql`SELECT id FROM contact_message`).toHaveLength(1);
});

it("starts nothing new when its time is over", async () => {
  await waiting(3);
  // The clock is looked at for the start and before each mail; here each look takes two fifths of the time there is.
  let looks = 0;
  const clock = () => new Date(looks++ * limits.sweepBudgetMs * 0.4);
  expect((await sweepNow({ ...mailServices(), clock }, may)).mail?.sent).toBe(2);
});

it("forgets what was sent a week ago, and what failed after three months", async () => {
  await waiting(2);
  await sweepNow(mailServices(), may);
  await sql`UPDATE outbox SET finished_at = now() - interval '8 days'`;
  await sql`UPDATE outbox SET state = 'failed' WHERE id = (SELECT id FROM outbox LIMIT 1)`;
  expect((await sweepNow(mailServices(), may)).outboxRemoved).toBe(1);
  expect(await sql`SELECT state FROM outbox`).toEqual([{ state: "failed" }]);
  await sql`UPDATE outbox SET finished_at = now() - interval '91 days'`;
  expect((await sweepNow(mailServices(), may)).outboxRemoved).toBe(1);
});

it("forgets messages when their time is over, read or not, with their notices", async () => {
  await waiting(3);
  const { contactKeepDays } = site.site;
  await sql`UPDATE contact_message SET received_at = now() - ${contactKeepDays} * interval '1 day' WHERE body <> 'Message 1'`;
  expect((await sweepNow(mailServices(), { ...may, mail: false })).messagesForgotten).toBe(2);
  expect(await sql`SELECT body FROM contact_message`).toEqual([{ body: "Message 1" }]);
  expect(await sql`SELECT id FROM outbox`).toHaveLength(1);
});

it("after a year without a visitor nothing is left of one but counts, consents and suppressions", async () => {
  await waiting(2);
  await sweepNow(mailServices(), may);
  await sql`INSERT INTO used_challenge VALUES ('x', now() + interval '10 minutes')`;
  await send(views, "/api/views", json({ slug: site.posts[0]?.slug }, browser));
  await send(subscribe, "/api/subscribe", form({ email: "bea@reader.example" }));
  for (const [table, columns] of await timeColumns())
    await sql.unsafe(
      `UPDATE ${table} SET ${columns.map((each) => `${each} = ${each} - interval '1 year'`).join(", ")}`,
    );
  await sweepNow(mailServices(), may);
  const left = await Promise.all(
    (await timeColumns()).map(async ([table]) => [table, await sql`SELECT * FROM ${sql(table)}`]),
  );
  expect(left.filter(([, rows]) => rows?.length).map(([table]) => table)).toEqual(["rolled_day", "view_day"]);
  expect(await sql`SELECT views::int FROM view_total`).toEqual([{ views: 1 }]);
});

/** Every column of a moment or a day, by table. */
async function timeColumns(): Promise<readonly [string, readonly string[]][]> {
  const rows = await sql<{ table: string; columns: string }[]>`
    SELECT table_name AS table, string_agg(column_name, ',') AS columns FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('date', 'timestamp with time zone') GROUP BY 1 ORDER BY 1`;
  return rows.map(({ table, columns }) => [table, columns.split(",")]);
}

it("sends nothing from a preview, which has a copy of the real data", async () => {
  await waiting(1);
  expect((await sweepNow(mailServices(), { ...may, mail: false })).mail).toBeUndefined();
  expect(mailbox.deliveries).toEqual([]);
  const config = (deployContext?: string) => ({ ...mailServices().config, deployContext });
  const deploy = (context: string) => ({ deploy: { context, id: "1", published: true } });
  expect(permissions(config(), {}).mail).toBe(true);
  expect(permissions(config("dev"), {}).mail).toBe(true);
  expect(permissions(config("deploy-preview"), {}).mail).toBe(false);
  expect(permissions(config(), deploy("deploy-preview")).mail).toBe(false);
  expect(permissions(config(), deploy("branch-deploy")).mail).toBe(false);
  expect(permissions(config(), deploy("production")).mail).toBe(true);
});

it("says 503 and names what failed when there is no database", async () => {
  await setEnvironment(noDatabase);
  const response = await send(sweep, "/", { method: "POST" });
  expect([response.status, await response.json()]).toEqual([
    503,
    {
      rebuilt: false,
      feedsAnnounced: 0,
      failed: ["roll-up", "messages", "sign-ups", "budgets", "outbox", "summaries", "mail"],
    },
  ]);
});

it("runs by POST only", async () => {
  await expectOnly(sweep, "/", "POST");
});
