import { readdirSync } from "node:fs";
import { afterAll, beforeEach, expect, it } from "vitest";
import contact from "../../functions/contact.ts";
import health from "../../functions/health.ts";
import { closeServices } from "../../functions/lib/services.ts";
import { migrations } from "../setup/migrated.ts";
import { emptyDatabase, sql } from "./support/database.ts";
import { expectOnly, form, send } from "./support/doors.ts";
import { noDatabase, setEnvironment } from "./support/environment.ts";

beforeEach(async () => {
  await setEnvironment({});
  await emptyDatabase();
});
afterAll(closeServices);

it("says that all is well, and how many migrations there are", async () => {
  const response = await send(health, "/api/health");
  expect(response.status).toBe(200);
  const all = readdirSync(migrations).length;
  expect(await response.json()).toEqual({ status: "ok", database: "ok", migrations: all, mail: "ok" });
});

it("says that mail is late when it has waited for a quarter of an hour", async () => {
  const mail = async () => ((await (await send(health, "/api/health")).json()) as { mail: string }).mail;
  await send(contact, "/api/contact", form({ name: "Ann Lee", email: "ann@example.com", message: "Hello" }));
  expect(await mail()).toBe("ok");
  await sql`UPDATE outbox SET created_at = now() - interval '16 minutes'`;
  expect(await mail()).toBe("late");
  await sql`UPDATE outbox SET state = 'sent'`;
  expect(await mail()).toBe("ok");
});

it("says 503 when there is no database", async () => {
  await setEnvironment(noDatabase);
  const response = await send(health, "/api/health");
  expect([response.status, await response.json()]).toEqual([503, { status: "error", database: "down" }]);
});

it("says 503 when the environment is not complete", async () => {
  await setEnvironment({ SMTP_URL: "" });
  expect((await send(health, "/api/health", { headers: { Accept: "application/json" } })).status).toBe(503);
});

it("names the methods it takes", async () => {
  await expectOnly(health, "/api/health", "GET, HEAD");
});
