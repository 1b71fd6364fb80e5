/** Posts messages without a pause while the database server crashes and comes back, and counts what was lost. */
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { closeServices } from "../../../functions/lib/services.ts";
import type { Cluster } from "../../setup/postgres.ts";
import { openBrokenRelay } from "./broken-relay.ts";
import { postAsStranger } from "./contact.ts";
import { setEnvironment } from "./environment.ts";

export interface Outcome {
  readonly crashes: number;
  readonly accepted: number;
  /** With the text given back. */
  readonly refused: number;
  /** Answers that are neither. */
  readonly broken: number;
  /** Accepted messages that are neither in the database nor in a mail. */
  readonly lost: number;
}

/** `cluster` is migrated, and nobody else's. */
export async function crashWhilePosting(cluster: Cluster, crashes: number): Promise<Outcome> {
  const relay = await openBrokenRelay("dot", "close");
  relay.heal();
  await setEnvironment({ DATABASE_URL: cluster.url, SMTP_URL: relay.url });
  const statuses = new Map<string, number>();
  let isOver = false;
  let next = 0;
  const poster = async () => {
    while (!isOver) {
      const n = next++;
      const text = `I am stranger ${n}.`;
      const response = await postAsStranger(n);
      const body = response.status === 503 ? await response.text() : "";
      statuses.set(text, response.status === 503 && !body.includes(text) ? 500 : response.status);
    }
  };
  const posters = Array.from({ length: 4 }, poster);
  for (let crash = 0; crash < crashes; crash += 1) {
    await wait(300 + Math.random() * 400);
    await cluster.crash();
    await wait(Math.random() * 600);
    await cluster.restart();
  }
  isOver = true;
  await Promise.all(posters);
  const kept = new Set([...(await storedIn(cluster.url)), ...relay.taken.flatMap(textOf)]);
  await closeServices();
  await relay.close();
  const count = (wanted: (status: number) => boolean) => [...statuses.values()].filter(wanted).length;
  return {
    crashes,
    accepted: count((status) => status === 303),
    refused: count((status) => status === 503),
    broken: count((status) => status !== 303 && status !== 503),
    lost: [...statuses].filter(([text, status]) => status === 303 && !kept.has(text)).length,
  };
}

async function storedIn(databaseUrl: string): Promise<readonly string[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const rows = await sql<{ body: string }[]>`SELECT body FROM contact_message`;
  await sql.end();
  return rows.map(({ body }) => body);
}

function textOf(mail: string): readonly string[] {
  return /^I am stranger \d+\.(?=\r$)/m.exec(mail) ?? [];
}
