/** Kills a process again and again while it writes into an embedded database, and counts what was lost. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { openEmbedded } from "../../../functions/lib/store/embedded.ts";

const writer = path.join(import.meta.dirname, "embedded-writer.ts");

export interface Losses {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
}

export async function killWhileWriting(kills: number): Promise<Losses> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-killed-"));
  const acknowledged = new Set<number>();
  let next = 1;
  for (let kill = 0; kill < kills; kill += 1) {
    const last = await writeUntilKilled(folder, { from: next, acknowledged, lifeMs: 20 + Math.random() * 200 });
    next = last + 1_000;
  }
  const kept = await numbersIn(folder);
  await rm(folder, { recursive: true });
  return { kills, acknowledged: acknowledged.size, lost: [...acknowledged].filter((n) => !kept.has(n)).length };
}

interface Life {
  readonly from: number;
  readonly acknowledged: Set<number>;
  /** From the first number on. */
  readonly lifeMs: number;
}

/** Gives the last number that was acknowledged. */
async function writeUntilKilled(folder: string, { from, acknowledged, lifeMs }: Life): Promise<number> {
  const child = spawn(process.execPath, [writer, folder, String(from)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let rest = "";
  let last = from;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      last = Number(line);
      acknowledged.add(last);
    }
  });
  await Promise.race([once(child.stdout, "data"), ended]);
  await wait(lifeMs);
  child.kill("SIGKILL");
  await ended;
  return last;
}

async function numbersIn(folder: string): Promise<ReadonlySet<number>> {
  const database = await openEmbedded({ folder });
  const sql = postgres(database.url, { max: 1, fetch_types: false, onnotice: () => {} });
  const rows = await sql<{ n: number }[]>`SELECT n FROM written`;
  await sql.end();
  await database.close();
  return new Set(rows.map(({ n }) => n));
}
