import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../../../functions/lib/store/database.ts";
import { claim, enqueueNotice, fail, finish } from "../../../../functions/lib/store/outbox.ts";
import { databaseOfWorker } from "../../../setup/database-of-worker.ts";
import { emptyDatabase, sql } from "../../support/database.ts";

const database = openDatabase(databaseOfWorker());
beforeEach(emptyDatabase);
afterAll(() => database.close());

async function put(id: string = randomUUID()): Promise<void> {
  await sql`
    INSERT INTO contact_message (id, idem_key, name, email, body) VALUES (${id}, ${Buffer.from(id)}, 'n', 'a@b.example', 'm')
    ON CONFLICT DO NOTHING`;
  await database.run((sql) =>
    enqueueNotice(sql, { id: randomUUID(), contactMessageId: id, messageId: `${randomUUID()}@b.example` }),
  );
}

const state = async () => (await sql`SELECT state, attempts, last_code FROM outbox`)[0];

it("takes one notice for a message", async () => {
  const id = randomUUID();
  await Promise.all(Array.from({ length: 10 }, () => put(id)));
  expect(await sql`SELECT id FROM outbox`).toHaveLength(1);
});

it("gives an entry to one claim only", async () => {
  for (let n = 0; n < 5; n += 1) await put();
  const claims = await Promise.all(Array.from({ length: 20 }, () => database.run((sql) => claim(sql))));
  const ids = claims.flatMap((each) => each?.id ?? []);
  expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
});

it("ignores what a claim reports after it was taken over", async () => {
  await put();
  const first = await database.run((sql) => claim(sql));
  await sql`UPDATE outbox SET lease_until = now() - interval '1 second'`;
  const second = await database.run((sql) => claim(sql));
  if (!first || !second) throw new Error("no claim");
  expect([first.attempts, second.attempts]).toEqual([1, 2]);
  await database.run((sql) => finish(sql, first, "sent"));
  expect(await database.run((sql) => fail(sql, first, { code: "LATE", final: true, jitter: 1 }))).toBeUndefined();
  expect(await state()).toMatchObject({ state: "leased", attempts: 2 });
  await database.run((sql) => finish(sql, second, "sent"));
  expect(await state()).toEqual({ state: "sent", attempts: 2, last_code: null });
});

it("goes with the row it is written from", async () => {
  await put();
  await sql`DELETE FROM contact_message`;
  expect(await state()).toBeUndefined();
});
