import { describe, expect, it } from "vitest";
import { limits } from "../../functions/lib/limits.ts";
import { mailServices } from "../../functions/lib/mail-services.ts";
import { takeSignUp } from "../../functions/lib/newsletter/sign-up.ts";
import type { Database, Sql } from "../../functions/lib/store/database.ts";
import preferences from "../../functions/preferences.ts";
import subscribe from "../../functions/subscribe.ts";
import sweep from "../../functions/sweep.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import { sql } from "./support/database.ts";
import { form, send } from "./support/doors.ts";
import { siteUrl } from "./support/environment.ts";
import { confirmed, keys, later, mailedToken, openNewsletter, press, signUp, tokenFor } from "./support/newsletter.ts";
import { solve } from "./support/solve.ts";

const opened = openNewsletter();
const mails = () => opened.mailbox.deliveries.map(({ envelope }) => envelope.to[0]);

/** Everything of all sign-ups is promised for so many hours to come. */
async function busyFor(hours: number): Promise<void> {
  const key = keys().hash("rate", "subscribeAll ");
  const full = limits.subscribeAll.burst * limits.subscribeAll.secondsPerToken;
  await sql`
    INSERT INTO rate_bucket (k, tokens, at) VALUES (${key}, 0, now() + ${full + hours * 3600} * interval '1 second')`;
}

describe("one address", () => {
  it("gets one mail in 24 hours and three in 30 days, however often it is typed", async () => {
    const halfDays = Array<string>(7).fill("12 hours 1 minute");
    for (const interval of [...halfDays, "13 days", "13 days", "1 second"]) {
      await signUp("victim@reader.example");
      await later(interval);
    }
    expect(mails()).toHaveLength(3);
    // The first mail is a month old now, and another takes its place.
    await later("1 day");
    for (let n = 0; n < 30; n += 1) await signUp("victim@reader.example");
    expect(mails()).toHaveLength(4);
  });

  it("keeps its budget when the sign-up is forgotten", async () => {
    await signUp();
    await later("8 days");
    await send(sweep, "/", { method: "POST" });
    expect(await sql`SELECT id FROM subscriber`).toEqual([]);
    for (const interval of ["8 days", "8 days", "5 days"]) {
      await signUp();
      await later(interval);
    }
    expect(mails()).toHaveLength(3);
    await later("2 days");
    await signUp();
    expect(mails()).toHaveLength(4);
  });

  it("that has left may be asked once, and once more when a month has gone by", async () => {
    await confirmed(opened.mailbox);
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    await later("25 hours");
    for (let week = 0; week < 4; week += 1) {
      await signUp();
      await later("7 days 1 minute");
    }
    expect(mails()).toHaveLength(2);
    await later("3 days");
    await signUp();
    expect(mails()).toHaveLength(3);
  });

  it("that was erased may be asked as seldom, and only the press lifts its suppression", async () => {
    const token = await confirmed(opened.mailbox);
    await send(preferences, "/newsletter/preferences", form({ token, action: "erase", sure: "yes" }));
    await later("25 hours");
    for (let week = 0; week < 4; week += 1) {
      await signUp();
      await later("7 days");
    }
    expect(mails()).toHaveLength(2);
    expect(await sql`SELECT reason FROM suppression`).toEqual([{ reason: "erased" }]);
  });
});

describe("a crowd", () => {
  it("of 100 is stored whole, gets the same answer, and no more mails than there may be in an hour", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => signUp(`reader-${n}@domain-${n}.example`).then((each) => each.status)),
    );
    expect(new Set(answers)).toEqual(new Set([303]));
    expect(await sql`SELECT count(*)::int AS n FROM subscriber`).toEqual([{ n: 100 }]);
    const { burst } = limits.subscribeAll;
    expect(mails()).toHaveLength(burst);
    const [due] = await sql<{ hour: number; day: number; all: number }[]>`
      SELECT count(*) FILTER (WHERE next_at < now() + interval '1 hour')::int AS hour,
        count(*) FILTER (WHERE next_at < now() + interval '1 day')::int AS day, count(*)::int AS all FROM outbox`;
    expect(due?.hour).toBeLessThanOrEqual(60);
    expect(due?.day).toBeLessThanOrEqual(300);
    expect(due?.all).toBe(100);
  });

  it("at one domain waits there, and nobody else does", async () => {
    const total = limits.subscribePerDomain.burst + 2;
    for (let n = 0; n < total; n += 1) await signUp(`reader-${n}@crowd.example`);
    await sql`UPDATE rate_bucket SET at = now() WHERE k = ${keys().hash("rate", "subscribeAll ")}`;
    await signUp("reader@other.example");
    expect(mails()).toHaveLength(limits.subscribePerDomain.burst + 1);
    expect(mails().at(-1)).toBe("reader@other.example");
  });

  it("is mailed when its turn comes, with links that are good from then on", async () => {
    await busyFor(30);
    await signUp();
    expect(mails()).toEqual([]);
    await later("29 hours");
    await send(sweep, "/", { method: "POST" });
    expect(mails()).toEqual([]);
    await later("2 hours");
    await send(sweep, "/", { method: "POST" });
    expect(mails()).toHaveLength(1);
    await later("6 days");
    await send(sweep, "/", { method: "POST" });
    expect((await press(mailedToken(opened.mailbox))).status).toBe(200);
  });

  it("from one network is refused with 429 and the address given back", async () => {
    const from = (n: number) => signUp(`reader-${n}@reader.example`, {}, { ip: "203.0.113.9" });
    for (let n = 0; n < limits.subscribePerPrefix.burst; n += 1) expect((await from(n)).status).toBe(303);
    const refused = await from(99);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "180"]);
    expect(await refused.text()).toContain('value="reader-99@reader.example"');
  });
});

describe("while mails wait", () => {
  const times = "1764000000000,1764000060000";

  it("a browser with the page's script works, and does not stand behind the others then", async () => {
    await busyFor(10);
    const asked = await signUp(undefined, { times });
    expect(asked.status).toBe(403);
    expect(await sql`SELECT id FROM subscriber`).toEqual([]);
    const proof = solve(asked.headers.get("Proof") ?? "");
    expect((await signUp(undefined, { times, proof })).status).toBe(303);
    expect(mails()).toHaveLength(1);
    expect((await signUp("again@reader.example", { times, proof })).status).toBe(403);
    expect(mails()).toHaveLength(1);
  });

  it("a form without a script is stored and waits; what could not be mailed in ten days is refused", async () => {
    await busyFor(limits.subscribeWaitMaxHours - 1);
    expect((await signUp()).status).toBe(303);
    await sql`UPDATE rate_bucket SET at = at + interval '2 hours'`;
    expect((await signUp("other@reader.example")).status).toBe(429);
    expect(await sql`SELECT count(*)::int AS n FROM subscriber`).toEqual([{ n: 1 }]);
  });
});

/** What a stranger may not tell apart. */
const classes: Readonly<Record<string, () => Promise<unknown>>> = {
  new: async () => {},
  pending: () => signUp(),
  "over its limit": async () => {
    await signUp();
    await signUp();
  },
  confirmed: () => confirmed(opened.mailbox),
  unsubscribed: async () => {
    await confirmed(opened.mailbox);
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
  },
  erased: async () => {
    const token = await confirmed(opened.mailbox);
    await send(preferences, "/newsletter/preferences", form({ token, action: "erase", sure: "yes" }));
  },
  "due for a mail": async () => {
    await confirmed(opened.mailbox);
    await later("25 hours");
  },
};

it("answers every class of addresses alike: status, headers, body, and statements of the database", async () => {
  const seen = new Set<string>();
  for (const prepare of Object.values(classes)) {
    await sql`TRUNCATE subscriber, suppression, sign_up_mail, rate_bucket RESTART IDENTITY CASCADE`;
    await prepare();
    const counted = { statements: 0 };
    const services = { ...mailServices(), database: counting(mailServices().database, counted) };
    const request = new Request(new URL("/api/subscribe", siteUrl), form({ email: "Bea.Ray@reader.example" }));
    const call = { request, url: new URL(request.url), ip: "203.0.113.200", requestId: "request-1", later: () => {} };
    const response = await takeSignUp(services, call);
    const { statements } = counted;
    seen.add(JSON.stringify([response.status, [...response.headers], await response.text(), statements]));
  }
  expect([...seen].slice(1)).toEqual([]);
  expect([...seen][0]).toMatch(/^\[303,/);
});

/** The same database, which counts what it is told to do. */
function counting(database: Database, counted: { statements: number }): Database {
  const watch = (real: Sql): Sql =>
    new Proxy(real, {
      apply(target, self, args) {
        counted.statements += 1;
        return Reflect.apply(target as never, self, args);
      },
    });
  return {
    ...database,
    run: (work) => database.run((real) => work(watch(real))),
    transaction: (work) => database.transaction((real) => work(watch(real))),
  };
}

it("refuses by GET and from another site without a look at the address", async () => {
  expect((await send(subscribe, "/api/subscribe?email=a@b.example", {})).status).toBe(405);
  const headers = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
  expect((await send(subscribe, "/api/subscribe", form({ email: "a@b.example" }, headers))).status).toBe(403);
  expect(await sql`SELECT id FROM subscriber`).toEqual([]);
});
