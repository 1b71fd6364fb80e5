import { describe, expect, it } from "vitest";
import contact from "../../../functions/contact.ts";
import { config } from "../../../functions/lib/config.ts";
import { keyRing } from "../../../functions/lib/keys.ts";
import { limits } from "../../../functions/lib/limits.ts";
import { message, path, post, postAsStranger, stored } from "../support/contact.ts";
import { sql } from "../support/database.ts";
import { form, send } from "../support/doors.ts";
import { startFresh } from "../support/fresh-start.ts";

const opened = startFresh();

const routes = async () => {
  const rows = await sql<{ route: string; n: number }[]>`
    SELECT route, count(*)::int AS n FROM contact_message GROUP BY route`;
  return Object.fromEntries(rows.map(({ route, n }) => [route, n]));
};

/** Sets what is left in a budget. */
async function leave(tokens: number, rule: string, whom = ""): Promise<void> {
  const key = keyRing(config().tokenKeys).hash("rate", `${rule} ${whom}`);
  const { count } = await sql`UPDATE rate_bucket SET tokens = ${tokens}, at = now() WHERE k = ${key}`;
  expect(count).toBe(1);
}

describe("traps", () => {
  it("only score: with one of them the message is stored and mailed, with its signs", async () => {
    expect((await post({ website: "https://junk.example" })).status).toBe(303);
    expect(await stored()).toMatchObject([{ score: 6, flags: ["trap", "no proof"], route: "notice" }]);
    expect(opened.mailbox.deliveries[0]?.mail.text).toContain("Signs of junk: trap, no proof");
  });

  it("put a message that has several signs into quarantine, where it is kept and not mailed by itself", async () => {
    const links = "https://a.example https://b.example https://c.example";
    expect((await post({ website: "x", message: links })).status).toBe(303);
    expect(await stored()).toMatchObject([{ score: 8, flags: ["trap", "links", "no proof"], route: "quarantine" }]);
    expect(opened.mailbox.deliveries).toEqual([]);
    expect(await sql`SELECT id FROM outbox`).toEqual([]);
  });

  it("tell a sender nothing: a message in quarantine is answered like any other", async () => {
    const plain = await post();
    const junk = await post({ website: "x", message: "https://a.example https://b.example https://c.example" });
    const answer = (response: Response) => [response.status, [...response.headers].sort()];
    expect(answer(junk)).toEqual(answer(plain));
  });
});

describe("the budget of a network", () => {
  const from = (ip: string, n: number) => send(contact, path, { ...form({ ...message, message: `${ip} ${n}` }), ip });

  it("is spent by exactly so many of a crowd that comes at once", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => from("203.0.113.9", n)));
    const statuses = answers.map(({ status }) => status).sort();
    const { burst } = limits.contactPerPrefix;
    expect(statuses).toEqual([...Array(burst).fill(303), ...Array(40 - burst).fill(429)]);
    expect(await stored()).toHaveLength(burst);
  });

  it("is that of an IPv6 /64, and no other network's", async () => {
    for (let n = 0; n < limits.contactPerPrefix.burst; n += 1) await from(`2001:db8:1:2::${n}`, n);
    expect((await from("2001:db8:1:2:ffff::1", 99)).status).toBe(429);
    expect((await from("2001:db8:1:3::1", 99)).status).toBe(303);
  });

  it("is not spent by a message that comes again", async () => {
    for (let n = 0; n < 30; n += 1) expect((await from("203.0.113.9", 1)).status).toBe(303);
    expect((await from("203.0.113.9", 2)).status).toBe(303);
  });

  it("ends for the day after forty, however slowly they come", async () => {
    for (let n = 0; n < limits.contactPerPrefixAndDay.burst; n += 1) {
      if (n > 0) await leave(1, "contactPerPrefix", "203.0.113.9");
      expect((await from("203.0.113.9", n)).status).toBe(303);
    }
    await leave(1, "contactPerPrefix", "203.0.113.9");
    const refused = await from("203.0.113.9", 99);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "2160"]);
  });
});

describe("the budget of an address", () => {
  it("sends what is above it into quarantine, for the address may be somebody else's", async () => {
    const total = limits.contactPerAddress.burst + 3;
    for (let n = 0; n < total; n += 1) {
      const fields = {
        ...message,
        email: n % 2 ? message.email : message.email.toUpperCase(),
        message: `Message ${n}`,
      };
      const response = await send(contact, path, { ...form(fields), ip: `198.51.100.${n}` });
      expect(response.status).toBe(303);
    }
    expect(await routes()).toEqual({ notice: limits.contactPerAddress.burst, quarantine: 3 });
    const [last] = (await stored()).slice(-1);
    expect(last).toMatchObject({ flags: ["address"] });
  });
});

describe("a flood", () => {
  it("reaches the owner as at most twenty mails an hour, and nothing of it is lost", async () => {
    const total = limits.contactAll.burst + 40;
    for (let n = 0; n < total; n += 1) expect((await postAsStranger(n)).status).toBe(303);
    const { burst: notices } = limits.contactNotices;
    const summed = limits.contactAll.burst - notices;
    const found = await routes();
    // While the flood was running time may have brought a token or two.
    expect(found["notice"]).toBeGreaterThanOrEqual(notices);
    expect(found["notice"]).toBeLessThanOrEqual(notices + 1);
    expect(found["summary"]).toBeGreaterThanOrEqual(summed - 1);
    expect(Object.values(found).reduce((sum, n) => sum + n, 0)).toBe(total);
    expect(opened.mailbox.deliveries.length).toBe(found["notice"]);
    const [last] = (await stored()).slice(-1);
    expect(last).toMatchObject({ flags: ["busy", "no proof"], route: "quarantine" });
  }, 60_000);

  it("ends where a day's store is full, with the text given back", async () => {
    await postAsStranger(1);
    await leave(1, "contactAllPerDay");
    expect((await postAsStranger(2)).status).toBe(303);
    const refused = await postAsStranger(3);
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain("I am stranger 3.");
    expect(await stored()).toHaveLength(2);
  });
});

it("keeps no address of a network or a person in the budgets", async () => {
  await post();
  const rows = JSON.stringify(await sql`SELECT encode(k, 'escape') AS k FROM rate_bucket`);
  expect(rows).not.toMatch(/203\.0|ann|visitor/i);
  expect(await sql`SELECT DISTINCT octet_length(k) AS size FROM rate_bucket`).toEqual([{ size: 32 }]);
});
