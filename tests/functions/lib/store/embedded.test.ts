import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedDatabase, openEmbedded } from "../../../../functions/lib/store/embedded.ts";
import { killWhileWriting } from "../../support/kill-while-writing.ts";

it("loses nothing that it acknowledged when its process is killed while it writes", async () => {
  const { acknowledged, lost } = await killWhileWriting(3);
  expect(acknowledged).toBeGreaterThan(3);
  expect(lost).toBe(0);
}, 120_000);

describe("the embedded database", () => {
  let folder: string;
  let database: EmbeddedDatabase;
  const clients: postgres.Sql[] = [];
  const connect = (options: postgres.Options<Record<string, never>> = {}) => {
    const client = postgres(database.url, { max: 1, fetch_types: false, onnotice: () => {}, ...options });
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "firstflight-embedded-"));
    database = await openEmbedded({ folder });
    await connect()`CREATE TABLE counter AS SELECT 0 AS n`;
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
    await database.close();
    await rm(folder, { recursive: true });
  });

  it.each([true, false])(
    "gives each connection its own answers while another holds a transaction (prepared: %s)",
    async (prepare) => {
      const readers = Array.from({ length: 4 }, () => connect({ max: 2, prepare }));
      const writer = connect();
      let reading = true;
      const writing = (async () => {
        while (reading) {
          await writer.begin(async (sql) => {
            await sql`UPDATE counter SET n = n + 1`;
            await new Promise((resolve) => setTimeout(resolve, 5));
            await sql`UPDATE counter SET n = n - 1`;
          });
        }
      })();
      const reads = readers.flatMap((sql, reader) =>
        Array.from({ length: 60 }, async (_, at) => {
          const value = reader * 1000 + at;
          const [row] = await sql`SELECT ${value}::int AS value, (SELECT n FROM counter) AS n`;
          expect(row).toEqual({ value, n: 0 });
        }),
      );
      await Promise.all(reads);
      reading = false;
      await writing;
    },
  );

  it("rolls back what a connection leaves open when it breaks off, and forgets its statements", async () => {
    const broken = connect();
    const transaction = broken.begin(async (sql) => {
      await sql`UPDATE counter SET n = 99`;
      void broken.end({ timeout: 0 });
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await expect(transaction).rejects.toMatchObject({ code: expect.stringContaining("CONNECTION") });
    const [row] = await connect()`SELECT n FROM counter`;
    expect(row?.["n"]).toBe(0);
    await Promise.all(clients.splice(0).map((client) => client.end()));
    const [left] = await connect()`SELECT count(*)::int AS statements FROM pg_prepared_statements`;
    expect(left?.["statements"]).toBeLessThanOrEqual(1);
  });

  it("does not disturb the others when a connection ends", async () => {
    const stays = connect();
    for (let round = 0; round < 20; round += 1) {
      const goes = connect();
      await goes`SELECT ${round}::int AS n`;
      await stays`SELECT 1`;
      const gone = goes.end();
      // A parameter makes this a statement of two trips, between which nothing of another connection may come.
      const asked = [
        stays`SELECT ${round}::int AS n, ${`text ${round}`} AS text`,
        stays`SELECT ${round + 100}::int AS n`,
      ];
      const answers = await Promise.all(asked);
      expect(answers.map(([row]) => row?.["n"])).toEqual([round, round + 100]);
      await gone;
    }
  });

  it("goes on after an error in a statement", async () => {
    const client = connect();
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(client`SELECT 1 / ${0}::int`).rejects.toMatchObject({ code: "22012" });
      expect(await client`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    }
  });

  it("refuses encryption politely", async () => {
    expect(await connect({ ssl: "prefer" })`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });

  it("keeps what it was given, across a close", async () => {
    await connect()`UPDATE counter SET n = 5`;
    await Promise.all(clients.splice(0).map((client) => client.end()));
    await database.close();
    database = await openEmbedded({ folder });
    expect(await connect()`SELECT n FROM counter`).toEqual([{ n: 5 }]);
  });
});
