import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { expect, it } from "vitest";
import contact from "../../../functions/contact.ts";
import health from "../../../functions/health.ts";
import { closeServices } from "../../../functions/lib/services.ts";
import sweep from "../../../functions/sweep.ts";
import { openBrokenRelay } from "../../functions/support/broken-relay.ts";
import { path, postAsStranger } from "../../functions/support/contact.ts";
import { form, send } from "../../functions/support/doors.ts";
import { setEnvironment } from "../../functions/support/environment.ts";
import { migrated } from "../../setup/migrated.ts";
import { startPostgres } from "../../setup/postgres.ts";
import { report } from "../report.ts";

/** Half an hour is what docs/faults.md tells of. */
const minutes = Number(process.env["SOAK_MINUTES"] ?? 3);
const crashEveryMs = 20_000;

it("F40: a mixed load with a crash of PostgreSQL every 20 seconds loses nothing and stays as it was", async () => {
  const cluster = await startPostgres();
  await migrated(cluster.url);
  const relay = await openBrokenRelay("dot", "close");
  relay.heal();
  await setEnvironment({ DATABASE_URL: cluster.url, SMTP_URL: relay.url });
  // What is measured is the functions' memory, not that of a log which is kept.
  console.log = console.error = () => {};
  const end = Date.now() + minutes * 60_000;
  const accepted: string[] = [];
  const broken: number[] = [];
  let requests = 0;
  let next = 0;

  async function visitor(): Promise<void> {
    while (Date.now() < end) {
      const n = next++;
      requests += 3;
      const { status } = await postAsStranger(n);
      if (status === 303) accepted.push(`I am stranger ${n}.`);
      const wrong = await send(contact, path, form({ name: "", email: "x", message: "" }));
      const well = await send(health, "/api/health");
      broken.push(...[status, wrong.status, well.status].filter((each) => ![200, 303, 422, 429, 503].includes(each)));
      await wait(100);
    }
  }
  const mailed = new Set<string>();
  const readMail = () => {
    for (const mail of relay.taken.splice(0)) mailed.add(/^I am stranger \d+\.(?=\r$)/m.exec(mail)?.[0] ?? "");
  };
  async function clockwork(): Promise<void> {
    while (Date.now() < end) {
      await send(sweep, "/", { method: "POST" });
      readMail();
      await wait(2_000);
    }
  }
  async function havoc(): Promise<number> {
    let crashes = 0;
    for (; Date.now() + crashEveryMs < end; crashes += 1) {
      await wait(crashEveryMs);
      await cluster.crash();
      await wait(Math.random() * 1_000);
      await cluster.restart();
    }
    return crashes;
  }

  const sizes: number[] = [];
  const resources: number[] = [];
  const gauge = setInterval(() => {
    sizes.push(process.memoryUsage().rss / 1e6);
    resources.push(process.getActiveResourcesInfo().length);
  }, 10_000);
  const [crashes] = await Promise.all([havoc(), clockwork(), visitor(), visitor(), visitor(), visitor()]);
  clearInterval(gauge);
  const sql = postgres(cluster.url, { max: 1 });
  const rows = await sql<{ body: string }[]>`SELECT body FROM contact_message`;
  await sql.end();
  readMail();
  const kept = new Set([...rows.map(({ body }) => body), ...mailed]);
  await closeServices();
  await relay.close();
  await cluster.stop();
  const lost = accepted.filter((text) => !kept.has(text)).length;
  const [firstMb, lastMb] = [sizes.at(5), sizes.at(-1)].map((size) => Math.round(size ?? 0));
  report("F40", {
    minutes,
    crashes,
    requests,
    accepted: accepted.length,
    lost,
    broken: broken.length,
    "MB after a minute": firstMb,
    "MB at the end": lastMb,
    "open resources after a minute": resources.at(5),
    "open resources at the end": resources.at(-1),
  });
  expect({ lost, broken }).toEqual({ lost: 0, broken: [] });
});
