/**
 * Kills the newsletter at the moments by which its protocol stands or falls, and counts what was lost, doubled and left unknown.
 * Nothing of the product knows of it: the process talks to its database over a wire and to a relay of the test's, which kill
 * it when they hear, or are about to bring, what the moment is named by.
 */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { confirmToken } from "../../../functions/lib/newsletter/tokens.ts";
import { expireDeliveries } from "../../../functions/lib/store/deliveries.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { emptyDatabase, sql } from "./database.ts";
import { kill, type Losses, lossesOf, startProcess } from "./kill-while-sending.ts";
import { keys, press } from "./newsletter.ts";
import {
  armIssue,
  beginNewsletter,
  countStates,
  deployOf,
  type Newsletter,
  post,
  publishNow,
  sendNow,
  subscribe,
  useRelay,
} from "./sending.ts";
import { openWire, type Wire } from "./wire.ts";

/** The last of these statements, in this order: about to go to the database, or its answer about to come back. */
interface AtStatement {
  readonly statements: readonly RegExp[];
  readonly is: "said" | "answered";
}

/** The relay has the whole mail, and has not replied. */
type Moment = AtStatement | "dot";

/** What a killed process has left, in a word or two. */
type Left = string;

type MomentAndLeft = readonly [Moment, Left];

export interface KillPoint {
  /** In turn, one for each kill, with what the process leaves behind. */
  readonly moments: readonly [MomentAndLeft, ...MomentAndLeft[]];
  /** Mails that nobody can know about then, of one. */
  readonly unknown: 0 | 1;
  /** Makes the rows for one run, and gives the process to start. */
  readonly prepare: (opened: Newsletter) => Promise<readonly [task: string, input?: unknown]>;
  /** What the process has left. */
  readonly look: () => Promise<Left>;
  /** Does what the process did, again, as the next sweep does or the person who pressed. */
  readonly again: (opened: Newsletter) => Promise<unknown>;
}

const said = (...statements: readonly RegExp[]): AtStatement => ({ statements, is: "said" });
const answered = (...statements: readonly RegExp[]): AtStatement => ({ statements, is: "answered" });

const claim = /UPDATE delivery SET state = 'leased'/;
const gate = /FOR SHARE/;
const settle = /UPDATE delivery SET state = 'sent'/;
const [begin, commit] = [/BEGIN/, /COMMIT/];
const lockArmed = /state = 'armed' FOR UPDATE/;
const deliveries = /INSERT INTO delivery/;
const sending = /UPDATE issue SET state = 'sending'/;
const digest = /INSERT INTO issue .*covers_until/s;
const confirming = /SET status = 'confirmed'/;
const lifting = /DELETE FROM suppression/;

const ofSender = {
  async prepare(opened: Newsletter) {
    await subscribe(1);
    await armIssue(opened);
    return ["send"] as const;
  },
  look: async () => Object.keys(await countStates()).join(),
  again: async () => {},
};

const ofSweep = {
  look: async () => {
    const rows = await sql<
      { state: string }[]
    >`SELECT concat(state, ' ', prepared) AS state FROM issue ORDER BY id DESC LIMIT 1`;
    return rows[0]?.state.trim() ?? "none";
  },
  again: (opened: Newsletter) => publishNow(opened, deployOf(posts(opened))),
};

const posts = (opened: Newsletter) => [post(opened, "kafka")];

/** By the names of the design, in the order of a mail's life. */
export const killPoints = {
  "during confirm": {
    moments: [
      [said(begin), "pending"],
      [said(confirming), "pending"],
      [said(confirming, lifting), "pending"],
      [said(confirming, commit), "pending"],
      [answered(confirming, commit), "confirmed"],
    ],
    unknown: 0,
    async prepare() {
      await sql`INSERT INTO subscriber (email, email_norm, status, consent_no) VALUES ('ann@reader.example', 'ann@reader.example', 'pending', 1)`;
      return ["confirm", pressable()];
    },
    look: async () => (await sql<{ status: string }[]>`SELECT status FROM subscriber`)[0]?.status ?? "none",
    async again(opened) {
      expect((await press(pressable())).status).toBe(200);
      expect(await sql`SELECT what FROM consent_event`).toEqual([{ what: "confirmed" }]);
      await armIssue(opened);
    },
  },
  "during arm": {
    moments: [
      [said(lockArmed), "armed"],
      [said(lockArmed, deliveries), "armed"],
      [said(deliveries, sending), "armed"],
      [said(deliveries, commit), "armed"],
      [answered(deliveries, commit), "sending 1"],
    ],
    unknown: 0,
    async prepare(opened) {
      await subscribe(1);
      return ["publish", posts(opened)];
    },
    ...ofSweep,
  },
  "during digest": {
    moments: [
      [said(digest), "done 0"],
      [answered(digest), "armed"],
      [said(digest, deliveries), "armed"],
      [said(digest, deliveries, commit), "armed"],
      [answered(digest, deliveries, commit), "sending 1"],
    ],
    unknown: 0,
    async prepare(opened) {
      await subscribe(1, { rhythm: "weekly" });
      await publishNow(opened, deployOf(posts(opened)));
      await sql`UPDATE issue SET armed_at = date_trunc('week', now() AT TIME ZONE 'UTC' - interval '6 hours') AT TIME ZONE 'UTC'`;
      return ["publish", posts(opened)];
    },
    ...ofSweep,
  },
  "after claim": { moments: [[answered(claim), "leased"]], unknown: 0, ...ofSender },
  "before gate": { moments: [[said(gate), "leased"]], unknown: 0, ...ofSender },
  "after gate": { moments: [[answered(gate), "inflight"]], unknown: 1, ...ofSender },
  "after dot": { moments: [["dot", "inflight"]], unknown: 1, ...ofSender },
  "before final commit": { moments: [[said(settle), "inflight"]], unknown: 1, ...ofSender },
} as const satisfies Readonly<Record<string, KillPoint>>;

/** The link in the mail to the first subscriber. */
function pressable(): string {
  return confirmToken(keys(), { subscriberId: "1", consentNo: 1, expiresAt: Math.floor(Date.now() / 1000) + 3600 });
}

/** One subscriber, one mail, one kill, as often as wished; then what was killed is done again. Other states than those of the point fail. */
export async function killAtPoint(opened: Newsletter, point: KillPoint, kills: number): Promise<Losses> {
  const sum = { recipients: 0, kills: 0, lost: 0, doubled: 0, unknown: 0, samples: 0 };
  for (; sum.kills < kills; sum.kills += 1) {
    const [moment, left] = point.moments[sum.kills % point.moments.length] ?? point.moments[0];
    await emptyDatabase();
    await beginNewsletter();
    // Nothing is due for a sender that may not begin: only this one is to be there.
    await sql`UPDATE site_state SET sender_lease_until = now() + interval '1 day'`;
    const [task, input] = await point.prepare(opened);
    sum.samples += await runUntilKilled(opened, moment, [task, JSON.stringify(input)]);
    expect(await point.look()).toBe(left);
    await point.again(opened);
    // Nobody is left to hold a lease: as if its time had gone by.
    await sql`UPDATE delivery SET lease_until = now() - interval '1 second' WHERE state IN ('leased', 'inflight')`;
    await expireDeliveries(sql);
    await sendNow();
    await countStates();
    const { recipients, lost, doubled, unknown } = await lossesOf(opened);
    expect({ recipients, unknown }).toEqual({ recipients: 1, unknown: point.unknown });
    sum.recipients += recipients;
    sum.lost += lost;
    sum.doubled += doubled;
    sum.unknown += unknown;
    sum.samples += 1;
  }
  return sum;
}

/** How many times the books were looked at meanwhile. */
async function runUntilKilled(
  opened: Newsletter,
  moment: Moment,
  [task, input]: readonly [task: string, input: string | undefined],
): Promise<number> {
  let isKilled = false;
  const strike = async () => {
    isKilled = true;
    await kill(child);
  };
  const wire = await openWire(databaseOfWorker(), moment === "dot" ? undefined : trap(moment, strike));
  await useRelay(opened, {
    behave: async ({ stage }) => {
      if (moment !== "dot" || stage !== "dot" || isKilled) return undefined;
      await strike();
      return "hang";
    },
    // Otherwise a claim of another connection may still be on its way to the database when its process is gone.
    environment: { MAIL_CONNECTIONS: "1" },
  });
  const child = startProcess(task, input, { DATABASE_URL: unprepared(wire) });
  const over = once(child, "exit");
  let samples = 0;
  while (child.exitCode === null && child.signalCode === null) {
    await countStates();
    samples += 1;
    await Promise.race([over, wait(5)]);
  }
  await over;
  await wire.close();
  expect([task, isKilled, child.signalCode]).toEqual([task, true, "SIGKILL"]);
  return samples;
}

/** Statements are heard each time, and not by the names of those prepared before. */
function unprepared({ url }: Wire): string {
  return `${url}?prepare=false`;
}

/** The answer to a statement is whole. @see PostgreSQL manual, "ReadyForQuery" of the message formats */
const ready = "Z\0\0\0\x05";

function trap({ statements, is }: AtStatement, strike: () => Promise<void>) {
  let heard = 0;
  let isSprung = false;
  const spring = async () => {
    isSprung = true;
    await strike();
    return false;
  };
  return {
    async said(words: string): Promise<boolean> {
      if (statements[heard]?.test(words)) heard += 1;
      return isSprung || (heard === statements.length && is === "said") ? spring() : true;
    },
    async answered(words: string): Promise<boolean> {
      return isSprung || (heard === statements.length && words.includes(ready)) ? spring() : true;
    },
  };
}
