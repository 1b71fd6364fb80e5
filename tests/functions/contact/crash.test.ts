import { expect, inject, it } from "vitest";
import { migrated } from "../../setup/migrated.ts";
import { startPostgres } from "../../setup/postgres.ts";
import { crashWhilePosting } from "../support/crash-while-posting.ts";

it.runIf(inject("databaseKind") === "postgresql")(
  "loses no message that it accepted while PostgreSQL crashes, and gives back what it could not take",
  async () => {
    const cluster = await startPostgres();
    await migrated(cluster.url);
    const outcome = await crashWhilePosting(cluster, 3);
    await cluster.stop();
    expect(outcome.accepted).toBeGreaterThan(10);
    expect(outcome).toMatchObject({ lost: 0, broken: 0 });
  },
  120_000,
);
