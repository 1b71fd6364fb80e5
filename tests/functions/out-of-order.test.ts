import { expect, it } from "vitest";
import { openNewsletter } from "./support/newsletter.ts";
import { reorder } from "./support/out-of-order.ts";

const opened = openNewsletter();

it("F17: in whatever order people and relays act, no link of before an end brings a subscription back", async () => {
  expect(await reorder(opened.mailbox, 6)).toMatchObject({ orders: 6, revived: 0 });
});
