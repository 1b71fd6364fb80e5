import { afterAll, expect, it } from "vitest";
import { cutWhileVisited } from "../../functions/support/failing-database.ts";
import { openNewsletter } from "../../functions/support/newsletter.ts";
import { reorder } from "../../functions/support/out-of-order.ts";
import { repeated, sendAtOnce } from "../../functions/support/same-request.ts";
import { report, reportTable } from "../report.ts";

const opened = openNewsletter();

const copies: Record<string, object> = {};
afterAll(() => reportTable("F16: the same 100 times at once", copies));

it.each(Object.entries(repeated))("F16: %s, 100 times at once, 25 times", async (name, what) => {
  const sum = await sendAtOnce(opened.mailbox, what, 25);
  copies[name] = sum;
  expect(sum).toEqual({ requests: 2_500, answers: what.answers, wrong: 0, "mails too many": 0 });
});

it("F17: 500 orders of a dozen steps", async () => {
  const orders = await reorder(opened.mailbox, 500);
  report("F17", orders);
  expect(orders).toMatchObject({ orders: 500, steps: 6_000, revived: 0 });
});

it("F13: 1,000 people come and go while the connections to the database are cut", async () => {
  const visits = await cutWhileVisited(1_000);
  report("F13, people", visits);
  expect(visits).toMatchObject({ requests: 3_000, wrong: 0, records: 3_000 });
  expect(visits.cuts).toBeGreaterThan(100);
});
