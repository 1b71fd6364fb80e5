/** Unsubscribes by one click while the newsletter is being sent, and looks for a mail that should not have gone. */
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";

import { mailServices } from "../../../functions/lib/mail-services.ts";
import { subscriberToken } from "../../../functions/lib/newsletter/tokens.ts";
import { openDatabase } from "../../../functions/lib/store/database.ts";
import unsubscribe from "../../../functions/unsubscribe.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { sql } from "./database.ts";
import { send } from "./doors.ts";
import { armIssue, countStates, deployOf, type Newsletter, received, sendNow, subscribe, useRelay } from "./sending.ts";

export interface Races {
  readonly races: number;
  readonly unsubscribed: number;
  /** Mailed although the row had not passed its gate when the unsubscription was acknowledged. */
  readonly mailedAfter: number;
  /** Mailed because the gate came first, and not mailed because the unsubscription did. */
  readonly gateFirst: number;
  readonly unsubscribedFirst: number;
}

/**
 * Each subscriber leaves when the relay has just asked for the mail's content: at the same time as the gate. That takes up
 * to 20 milliseconds here between its look at the consent and its commit, in which a consent that is not locked is lost.
 */
export async function raceUnsubscribing(opened: Newsletter, races: number): Promise<Races> {
  await sql`
    CREATE OR REPLACE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(random() * 0.02); RETURN NEW; END $$`;
  await sql`
    CREATE TRIGGER slow_gate BEFORE UPDATE ON delivery FOR EACH ROW
    WHEN (NEW.state = 'inflight') EXECUTE FUNCTION take_time()`;
  try {
    return await race(opened, races);
  } finally {
    await sql`DROP TRIGGER slow_gate ON delivery`;
    await sql`DROP FUNCTION take_time`;
  }
}

async function race(opened: Newsletter, races: number): Promise<Races> {
  await subscribe(races);
  await armIssue(opened);
  const acknowledged = new Map<string, string>();
  const leaving: Promise<void>[] = [];
  const leave = async (recipient: string) => {
    const id = /\d+/.exec(recipient)?.[0] ?? "";
    const token = subscriberToken(mailServices().keys, "unsubscribe", id);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const { status } = await send(unsubscribe, `/newsletter/unsubscribe?token=${token}`, {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers,
    });
    if (status !== 200) return;
    const [row] = await states<{ state: string }[]>`SELECT state FROM delivery WHERE subscriber_id = ${id}`;
    acknowledged.set(recipient, row?.state ?? "");
  };
  const early = new Map<string, boolean>();
  const states = postgres(databaseOfWorker(), { max: 16, onnotice: () => {} });
  await useRelay(opened, {
    behave: ({ stage, recipient }) => {
      // Half of them a little before the gate, half of them while it stands open.
      if (stage === "DATA") early.set(recipient, Math.random() < 0.5);
      const isEarly = early.get(recipient) === true;
      if (stage === "DATA" && isEarly) leaving.push(leave(recipient));
      if (stage === "body" && !isEarly) leaving.push(wait(Math.random() * 20).then(() => leave(recipient)));
      return undefined;
    },
    // As many as the sender has connections to the database: a gate waits for nothing but the subscriber.
    environment: { MAIL_CONNECTIONS: "2" },
  });
  // The sender has connections of its own, as it is a function of its own.
  const database = openDatabase(databaseOfWorker());
  await sendNow({ ...deployOf([]), database });
  await database.close();
  await Promise.all(leaving);
  await states.end();
  await countStates();
  const mailed = received(opened);
  const wasOpen = (state: string) => state === "inflight" || state === "sent";
  const gateFirst = mailed.size;
  return {
    races,
    unsubscribed: acknowledged.size,
    mailedAfter: [...acknowledged].filter(([recipient, state]) => mailed.has(recipient) && !wasOpen(state)).length,
    gateFirst,
    unsubscribedFirst: races - gateFirst,
  };
}
