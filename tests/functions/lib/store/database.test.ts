import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeEach, expect, inject, it } from "vitest";
import { type Database, DatabaseDown, openDatabase } from "../../../../functions/lib/store/database.ts";
import { databaseOfWorker } from "../../../setup/database-of-worker.ts";
import { sql } from "../../support/database.ts";

const opened: Database[] = [];

function open(query = "", waitMs?: number): Database {
  const database = openDatabase(`${databaseOfWorker()}${query}`, waitMs);
  opened.push(database);
  return database;
}

beforeEach(async () => {
  await sql`CREATE TABLE IF NOT EXISTS counter (id int PRIMARY KEY, n int NOT NULL)`;
  await sql`INSERT INTO counter VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET n = 0`;
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});
afterAll(async () => {
  await sql`DROP TABLE counter`;
});

const count = async () => (await sql`SELECT n FROM counter`)[0]?.["n"];

it("keeps transactions of several connections apart", async () => {
  const databases = Array.from({ length: 4 }, () => open());
  const work = databases.flatMap((database) => Array.from({ length: 10 }, () => database));
  await Promise.all(
    work.map((database) =>
      database.transaction(async (sql) => {
        const [row] = await sql<{ n: number }[]>`SELECT n FROM counter WHERE id = 1 FOR UPDATE`;
        await sql`UPDATE counter SET n = ${(row?.n ?? 0) + 1} WHERE id = 1`;
      }),
    ),
  );
  expect(await count()).toBe(40);
});

it("undoes a transaction that fails, and passes its error on", async () => {
  const failing = open().transaction(async (sql) => {
    await sql`UPDATE counter SET n = 7`;
    throw new TypeError("a bug");
  });
  await expect(failing).rejects.toThrow(new TypeError("a bug"));
  const wrong = open().run((sql) => sql`SELECT nothing FROM nowhere`);
  await expect(wrong).rejects.toMatchObject({ code: "42P01" });
  expect(await count()).toBe(0);
});

it("works without prepared statements, and with parameters the server does not know", async () => {
  for (const query of ["?prepare=false", "?channel_binding=prefer&pgbouncer=true"]) {
    const rows = await open(query).run(
      (sql) => sql`SELECT ${3}::int + ${4}::int AS sum, ${Buffer.from([0, 255])}::bytea AS bytes`,
    );
    expect(rows).toEqual([{ sum: 7, bytes: Buffer.from([0, 255]) }]);
  }
});

it.runIf(inject("databaseKind") === "postgresql")(
  "survives the death of all its connections, between and during statements",
  async () => {
    const database = open();
    const both = () => Promise.all([1, 2].map(() => database.run((sql) => sql`SELECT pg_sleep(0.2)`)));
    const kill = () => sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await both();
    await kill();
    await both();
    const running = both();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kill();
    await running;
    const transaction = database.transaction(async (sql) => {
      await sql`UPDATE counter SET n = n + 1`;
      await sql`SELECT pg_sleep(0.2)`;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kill();
    await transaction;
    expect(await count()).toBe(1);
  },
);

it("says that there is no database when nobody listens, and works once somebody does", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const database = openDatabase(`postgres://postgres@127.0.0.1:${port}/postgres`);
  opened.push(database);
  const failed = database.run((sql) => sql`SELECT 1`);
  await expect(failed).rejects.toThrow(DatabaseDown);
  const real = new URL(databaseOfWorker());
  const forward = createServer((socket) => {
    const { port, hostname } = real;
    const onward = import("node:net").then(({ connect }) => connect(Number(port), hostname));
    void onward.then((target) => {
      socket.pipe(target).pipe(socket);
      target.on("error", () => socket.destroy());
      socket.on("error", () => target.destroy());
    });
  }).listen(port, "127.0.0.1");
  expect(await database.run((sql) => sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  await database.close();
  forward.close();
});

it("says that there is no database when it does not answer in time", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const database = openDatabase(`postgres://postgres@127.0.0.1:${port}/postgres`, 300);
  const started = performance.now();
  await expect(database.transaction((sql) => sql`SELECT 1`)).rejects.toThrow(DatabaseDown);
  expect(performance.now() - started).toBeLessThan(2000);
  await database.close();
  silent.close();
});
