/** The view counter of `npm start` under kills and load, many times. */
import { afterAll, beforeAll, it } from "vitest";
import { type EmbeddedDatabase, openEmbedded } from "../../functions/lib/store/embedded.ts";
import { migrated } from "../setup/migrated.ts";
import { report } from "./report.ts";
import { countWhileRollingUp, killCounting, killRollUps } from "./support/views.ts";

let embedded: EmbeddedDatabase;
beforeAll(async () => {
  embedded = await openEmbedded();
  await migrated(embedded.url);
});
afterAll(() => embedded.close());

it("loses and doubles nothing of 20,000 hits on 200 posts while days are rolled up", async () => {
  report("F21, embedded", await countWhileRollingUp(embedded.url, 20_000));
});

it("shows the same total when a roll-up is killed, fifty times", async () => {
  report("F22, embedded", await killRollUps(embedded.url, 50));
});

it("has every view that it acknowledged when npm start is killed, fifty times", async () => {
  report("F36, views", await killCounting(50));
});
