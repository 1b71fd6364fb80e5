import { expect, it } from "vitest";
import sweep from "../../../functions/sweep.ts";
import unsubscribe from "../../../functions/unsubscribe.ts";
import { sql } from "../../functions/support/database.ts";
import { form, send } from "../../functions/support/doors.ts";
import { confirmed, later, openNewsletter, signUp, tokenFor } from "../../functions/support/newsletter.ts";
import { report } from "../report.ts";

const opened = openNewsletter();

/** From so many networks at once. */
async function crowd(size: number, one: (n: number) => Promise<Response>): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  let next = 0;
  const visitor = async () => {
    while (next < size) {
      const { status } = await one(next++);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, visitor));
  return statuses;
}

it("1,000 sign-ups from 1,000 networks are stored, at most 60 mailed in an hour and 300 in a day, each once", async () => {
  const statuses = await crowd(1_000, (n) => signUp(`reader-${n}@domain-${n}.example`));
  const perQuarter: number[] = [];
  for (let quarter = 0; quarter < 4 * 25; quarter += 1) {
    const before = opened.mailbox.deliveries.length;
    await send(sweep, "/", { method: "POST" });
    perQuarter.push(opened.mailbox.deliveries.length - (quarter === 0 ? 0 : before));
    await later("15 minutes");
  }
  const most = (window: number) =>
    Math.max(...perQuarter.map((_, at) => perQuarter.slice(at, at + window).reduce((sum, n) => sum + n, 0)));
  const addresses = opened.mailbox.deliveries.map(({ envelope }) => envelope.to[0]);
  const [stored] = await sql<{ n: number }[]>`SELECT count(*)::int AS n FROM subscriber`;
  report("Sign-ups of a crowd", { stored: stored?.n, "most in an hour": most(4), "most in a day": most(96) });
  expect([...statuses]).toEqual([[303, 1_000]]);
  expect(stored?.n).toBe(1_000);
  expect(most(4)).toBeLessThanOrEqual(60);
  expect(most(96)).toBeLessThanOrEqual(300);
  expect(new Set(addresses).size).toBe(addresses.length);
});

it("one address typed 1,000 times gets one mail", async () => {
  const statuses = await crowd(1_000, () => signUp());
  report("One address 1,000 times", { answers: statuses.get(303), mails: opened.mailbox.deliveries.length });
  expect([...statuses]).toEqual([[303, 1_000]]);
  expect(opened.mailbox.deliveries).toHaveLength(1);
});

it("new, pending, subscribed and gone addresses are answered in the same time: medians within 5 ms of each other", async () => {
  const tries = 1_000;
  await confirmed(opened.mailbox, "subscribed@reader.example");
  await confirmed(opened.mailbox, "gone@reader.example");
  await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe", "2") }));
  await signUp("pending@reader.example");
  const addresses: Readonly<Record<string, (n: number) => string>> = {
    new: (n) => `new-${n}@reader-${n}.example`,
    pending: () => "pending@reader.example",
    subscribed: () => "subscribed@reader.example",
    gone: () => "gone@reader.example",
  };
  const times: Record<string, number[]> = { new: [], pending: [], subscribed: [], gone: [] };
  for (let n = 0; n < tries; n += 1) {
    // Otherwise what is asked for at the end would be refused, whoever it is.
    if (n % 200 === 0) await sql`DELETE FROM rate_bucket`;
    for (const [name, address] of Object.entries(addresses)) {
      const start = performance.now();
      await signUp(address(n), {}, { answerOnly: true });
      times[name]?.push(performance.now() - start);
    }
  }
  const medians = Object.entries(times).map(
    ([name, all]) => [name, all.toSorted((a, b) => a - b)[tries / 2] ?? 0] as const,
  );
  report("Time of a sign-up", Object.fromEntries(medians.map(([name, ms]) => [name, `${ms.toFixed(2)} ms`])));
  const values = medians.map(([, ms]) => ms);
  expect(Math.max(...values) - Math.min(...values)).toBeLessThan(5);
});
