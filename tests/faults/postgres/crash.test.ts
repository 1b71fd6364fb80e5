import { expect, it } from "vitest";
import { crashWhilePosting } from "../../functions/support/crash-while-posting.ts";
import { migrated } from "../../setup/migrated.ts";
import { startPostgres } from "../../setup/postgres.ts";
import { report } from "../report.ts";

it("F11: no accepted message is lost in fifty crashes of PostgreSQL", async () => {
  const cluster = await startPostgres();
  await migrated(cluster.url);
  const outcome = await crashWhilePosting(cluster, 50);
  await cluster.stop();
  report("F11", outcome);
  expect(outcome).toMatchObject({ lost: 0, broken: 0 });
});
