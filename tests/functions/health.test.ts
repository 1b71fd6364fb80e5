import { readdirSync } from "node:fs";
import { afterAll, beforeEach, expect, it } from "vitest";
import health from "../../functions/health.ts";
import { closeServices } from "../../functions/lib/services.ts";
import { migrations } from "../setup/migrated.ts";
import { expectOnly, send } from "./support/doors.ts";
import { noDatabase, setEnvironment } from "./support/environment.ts";

beforeEach(() => setEnvironment({}));
afterAll(closeServices);

it("says that all is well, and how many migrations there are", async () => {
  const response = await send(health, "/api/health");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok", database: "ok", migrations: readdirSync(migrations).length });
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
