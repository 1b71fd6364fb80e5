import { parse } from "node-html-parser";
import { describe, expect, it } from "vitest";
import contact from "../../../functions/contact.ts";
import { config } from "../../../functions/lib/config.ts";
import { keyRing } from "../../../functions/lib/keys.ts";
import { message, path, postByScript, stored } from "../support/contact.ts";
import { sql } from "../support/database.ts";
import { json, send } from "../support/doors.ts";
import { startFresh } from "../support/fresh-start.ts";
import { solve } from "../support/solve.ts";

startFresh();

/** The hour's budget of all messages is spent. */
async function busy(): Promise<void> {
  const key = keyRing(config().tokenKeys).hash("rate", "contactAll ");
  await sql`INSERT INTO rate_bucket (k, tokens, at) VALUES (${key}, 0, now())`;
}

const challengeOf = (response: Response) => response.headers.get("Proof") ?? "";

describe("a browser with the page's script", () => {
  it("is not asked for work by a message like any other", async () => {
    expect((await postByScript()).status).toBe(303);
    expect(await stored()).toMatchObject([{ score: 0, flags: [], route: "notice" }]);
  });

  it("is asked when too much is sent, and its message goes like any other once it has worked", async () => {
    await busy();
    const asked = await postByScript();
    expect(asked.status).toBe(403);
    const page = parse(await asked.text());
    expect(page.querySelector("textarea")?.innerHTML).toContain("I liked “Quiet”.");
    expect(await stored()).toEqual([]);
    expect((await postByScript({ proof: solve(challengeOf(asked)) })).status).toBe(303);
    expect(await stored()).toMatchObject([{ score: 0, flags: ["busy"], route: "notice" }]);
  });

  it("is asked when a message looks like junk, which stays what it is", async () => {
    const asked = await postByScript({ website: "x" });
    expect(asked.status).toBe(403);
    expect((await postByScript({ website: "x", proof: solve(challengeOf(asked)) })).status).toBe(303);
    expect(await stored()).toMatchObject([{ score: 5, flags: ["trap"], route: "notice" }]);
  });

  it("can use its work once", async () => {
    await busy();
    const proof = solve(challengeOf(await postByScript()));
    const sent = Array.from({ length: 5 }, (_, n) => postByScript({ proof, message: `Message ${n}` }));
    const statuses = (await Promise.all(sent)).map(({ status }) => status).sort();
    expect(statuses).toEqual([303, 403, 403, 403, 403]);
    expect(await stored()).toHaveLength(1);
  });

  it("has its work back when the message was refused for another reason", async () => {
    await busy();
    const proof = solve(challengeOf(await postByScript()));
    await sql`UPDATE rate_bucket SET tokens = 0 WHERE k = ${networkKey()}`;
    expect((await postByScript({ proof })).status).toBe(429);
    await sql`DELETE FROM rate_bucket WHERE k = ${networkKey()}`;
    expect((await postByScript({ proof })).status).toBe(303);
  });
});

const networkKey = () => keyRing(config().tokenKeys).hash("rate", "contactPerPrefix 203.0.113.7");

it("asks nobody without the script, whose message is kept in quarantine instead", async () => {
  await busy();
  expect((await send(contact, path, json(message))).status).toBe(201);
  expect(await stored()).toMatchObject([{ score: 1, flags: ["busy", "no proof"], route: "quarantine" }]);
});
