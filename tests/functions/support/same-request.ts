/** The same request a hundred times at once, to each door that changes something. */
import { expect } from "vitest";
import { callFunction } from "../../../functions/lib/internal-call.ts";
import { mailServices } from "../../../functions/lib/mail-services.ts";
import unsubscribe from "../../../functions/unsubscribe.ts";
import { post, postByScript } from "./contact.ts";
import { emptyDatabase, sql } from "./database.ts";
import { form, send } from "./doors.ts";
import type { Mailbox } from "./mailbox.ts";
import { confirmed, email, mailedToken, press, signUp, tokenFor } from "./newsletter.ts";
import { armIssue, beginNewsletter, countStates, type Newsletter, subscribe, useRelay } from "./sending.ts";

const atOnce = 100;

interface Repeated {
  /** Brings about what must be there before, and gives the request. */
  readonly prepare: (mailbox: Mailbox) => Promise<(n: number) => Promise<Response>>;
  /** What the requests bring about: one of it. */
  readonly done: () => Promise<number>;
  /** Mails there are in the end, those of before among them. */
  readonly mails: number;
  /** Different answers there may be. */
  readonly answers: number;
}

const count = async (rows: Promise<readonly unknown[]>) => (await rows).length;
const records = (what: string) => count(sql`SELECT 1 FROM consent_event WHERE what = ${what}`);
const leave = (fields: Readonly<Record<string, string>>, query = "") =>
  send(unsubscribe, `/newsletter/unsubscribe${query}`, form(fields));

export const repeated: Readonly<Record<string, Repeated>> = {
  "a message": {
    prepare: async () => () => post(),
    done: () => count(sql`SELECT 1 FROM contact_message`),
    mails: 1,
    answers: 1,
  },
  "a message, sent by the page's script": {
    prepare: async () => () => postByScript(),
    done: () => count(sql`SELECT 1 FROM contact_message`),
    mails: 1,
    answers: 1,
  },
  "a sign-up, in any case of letters": {
    prepare: async () => (n) => signUp(n % 2 ? email : email.toUpperCase()),
    done: async () => Math.max(await records("requested"), await count(sql`SELECT 1 FROM subscriber`)),
    mails: 1,
    answers: 1,
  },
  "a press that confirms": {
    prepare: async (mailbox) => {
      await signUp();
      const token = mailedToken(mailbox);
      return () => press(token);
    },
    done: () => records("confirmed"),
    mails: 1,
    answers: 1,
  },
  "a press that unsubscribes": {
    prepare: async (mailbox) => {
      await confirmed(mailbox);
      return () => leave({ token: tokenFor("unsubscribe") });
    },
    done: () => records("unsubscribed"),
    mails: 1,
    // Only the press that ended the subscription can be undone.
    answers: 2,
  },
  "one click in a mail program": {
    prepare: async (mailbox) => {
      await confirmed(mailbox);
      return () => leave({ "List-Unsubscribe": "One-Click" }, `?token=${tokenFor("unsubscribe")}`);
    },
    done: () => records("unsubscribed"),
    mails: 1,
    answers: 2,
  },
};

export interface Copies {
  readonly requests: number;
  /** Different answers to the same request, at most. */
  readonly answers: number;
  /** Requests that were done another number of times than once, or were answered before they were. */
  readonly wrong: number;
  /** Mails that should not have been. */
  readonly "mails too many": number;
}

/** F16: a hundred at once, so many times. */
export async function sendAtOnce(mailbox: Mailbox, what: Repeated, times: number): Promise<Copies> {
  const sum = { requests: 0, answers: 0, wrong: 0, "mails too many": 0 };
  for (let n = 0; n < times; n += 1) {
    await emptyDatabase();
    mailbox.deliveries.length = 0;
    const request = await what.prepare(mailbox);
    const answers = new Set<string>();
    const one = async (at: number) => {
      const response = await request(at);
      expect(response.status).toBeLessThan(400);
      answers.add([response.status, response.headers.get("Location"), await response.text()].join("\n"));
      if ((await what.done()) !== 1) sum.wrong += 1;
    };
    await Promise.all(Array.from({ length: atOnce }, (_, at) => one(at)));
    sum.requests += atOnce;
    sum.answers = Math.max(sum.answers, answers.size);
    sum["mails too many"] += mailbox.deliveries.length - what.mails;
  }
  return sum;
}

/** F16: a hundred calls of the sender at once, so many times, for five mails each. */
export async function callSenderAtOnce(opened: Newsletter, times: number): Promise<Copies> {
  const sum = { requests: 0, answers: 1, wrong: 0, "mails too many": 0 };
  for (let n = 0; n < times; n += 1) {
    await emptyDatabase();
    await beginNewsletter();
    await subscribe(5);
    await armIssue(opened);
    await useRelay(opened);
    await sql`UPDATE site_state SET sender_lease_until = NULL`;
    const call = () => callFunction(mailServices(), "newsletter-background", "{}");
    await Promise.all(Array.from({ length: atOnce }, call));
    await Promise.all(opened.background.splice(0));
    expect(await countStates()).toEqual({ sent: 5 });
    expect(opened.relay.mostConnections).toBeLessThanOrEqual(4);
    sum.requests += atOnce;
    sum["mails too many"] += opened.relay.taken.length - 5;
  }
  return sum;
}
