/** F17: what a subscriber, their mail program and the relay do, in any order. */
import fc from "fast-check";
import { expect } from "vitest";
import unsubscribe from "../../../functions/unsubscribe.ts";
import { emptyDatabase } from "./database.ts";
import { form, send } from "./doors.ts";
import { bounced, complained, report, takeReports } from "./mail-reports.ts";
import type { Mailbox } from "./mailbox.ts";
import { button, later, mailedToken, press, signUp, status, tokenFor } from "./newsletter.ts";

/** `link`: which of those there are, counted round. `ageHours`: how long ago it happened when it is reported. */
type Step =
  | { readonly what: "sign-up" }
  | { readonly what: "press"; readonly link: number }
  | { readonly what: "unsubscribe"; readonly isOneClick: boolean }
  | { readonly what: "report"; readonly of: "bounce" | "complaint"; readonly ageHours: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ what: fc.constant("sign-up") }),
  fc.record({ what: fc.constant("press"), link: fc.nat(5) }),
  fc.record({ what: fc.constant("unsubscribe"), isOneClick: fc.boolean() }),
  // Never at the very moment of a consent.
  fc.record({
    what: fc.constant("report"),
    of: fc.constantFrom("bounce", "complaint"),
    ageHours: fc.nat(4).map((hours) => hours + 0.5),
  }),
);

export interface Orders {
  readonly orders: number;
  readonly steps: number;
  /** Presses on links of before an end: none of them may bring anybody back. */
  readonly "dead links pressed": number;
  readonly revived: number;
}

/** What has to be so. A link is good until something ends what it stands for; hours count from the beginning. */
interface Reader {
  state: "nobody" | "pending" | "confirmed" | "gone";
  /** A link was mailed, and nothing has ended since. */
  isAsked: boolean;
  ends: number;
  hour: number;
  confirmedAt: number;
  readonly links: { readonly token: string; readonly ends: number }[];
}

/** So many orders of a dozen steps. After each step the reader is subscribed, or not, as the step before it has left it. */
export async function reorder(mailbox: Mailbox, orders: number): Promise<Orders> {
  const sum = { orders: 0, steps: 0, "dead links pressed": 0, revived: 0 };
  await takeReports(mailbox);
  const run = async (order: readonly Step[]) => {
    await emptyDatabase();
    mailbox.deliveries.length = 0;
    const reader: Reader = { state: "nobody", isAsked: false, ends: 0, hour: 0, confirmedAt: 0, links: [] };
    for (const step of order) {
      const hours = step.what === "sign-up" ? 31 * 24 : 1;
      await later(`${hours} hours`);
      reader.hour += hours;
      const link = step.what === "press" ? linkOf(reader, step.link) : undefined;
      const isDead = link !== undefined && link.ends < reader.ends;
      const wasConfirmed = reader.state === "confirmed";
      await take(mailbox, reader, step);
      const isConfirmed = (await status()) === "confirmed";
      sum.steps += 1;
      sum["dead links pressed"] += Number(isDead);
      sum.revived += Number(isDead && isConfirmed && !wasConfirmed);
      expect([step, isConfirmed]).toEqual([step, reader.state === "confirmed"]);
    }
    sum.orders += 1;
  };
  const dozen = fc.array(steps, { minLength: 12, maxLength: 12 });
  await fc.assert(fc.asyncProperty(dozen, run), { numRuns: orders });
  return sum;
}

/** Some link, if there is one. */
const linkOf = ({ links }: Reader, at: number) => links[at % links.length];

async function take(mailbox: Mailbox, reader: Reader, step: Step): Promise<void> {
  if (step.what === "sign-up") {
    await signUp();
    if (reader.state === "confirmed") return;
    if (reader.state === "nobody") reader.state = "pending";
    reader.isAsked = true;
    reader.links.push({ token: mailedToken(mailbox), ends: reader.ends });
  } else if (step.what === "press") {
    const link = linkOf(reader, step.link);
    if (!link) return;
    const isGood = link.ends === reader.ends;
    expect((await press(link.token)).status).toBe(isGood ? 200 : 400);
    if (!isGood || reader.state === "confirmed") return;
    reader.state = "confirmed";
    reader.isAsked = false;
    reader.confirmedAt = reader.hour;
  } else if (step.what === "unsubscribe") {
    const token = tokenFor("unsubscribe");
    const oneClick = form({ "List-Unsubscribe": "One-Click" });
    const response = step.isOneClick
      ? await send(unsubscribe, `/newsletter/unsubscribe?token=${token}`, oneClick)
      : await send(unsubscribe, "/newsletter/unsubscribe", form({ token }));
    expect(response.status).toBe(200);
    const undo = await button(response, /subscribe again/i);
    if (reader.state === "confirmed" || reader.isAsked) end(reader);
    if (undo.action) reader.links.push({ token: String(undo.fields["token"]), ends: reader.ends });
  } else {
    const happened = new Date(Date.now() - step.ageHours * 3_600_000);
    const of = step.of === "bounce" ? bounced("Permanent", happened) : complained(happened);
    expect((await report(of)).status).toBe(200);
    const isLater = reader.hour - step.ageHours > reader.confirmedAt;
    if (reader.state === "pending" || (reader.state === "confirmed" && isLater)) end(reader);
  }
}

function end(reader: Reader): void {
  reader.state = "gone";
  reader.isAsked = false;
  reader.ends += 1;
}
