/** The statement that counts a view, sent by PostgreSQL's own benchmark: how fast it can be without us. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Sql } from "../../functions/lib/store/database.ts";
import { addViews } from "../../functions/lib/store/views.ts";

export interface Measured {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface Load {
  /** The program itself. */
  readonly pgbench: string;
  readonly databaseUrl: string;
  readonly seconds: number;
  /** Prepared once for each connection, or parsed each time where all connections share one session. */
  readonly mode: "prepared" | "extended";
  readonly posts: number;
  readonly day: string;
}

/** A hundred clients, and the same visitors and posts by chance as the readers of view-client.ts. */
export async function runPgbench({ pgbench, databaseUrl, seconds, mode, posts, day }: Load): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-pgbench-"));
  const script = path.join(folder, "view.sql");
  await writeFile(
    script,
    `\\set visitor random(1, 200000)\n\\set post random(1, ${posts})\n${await statement(day)};\n`,
  );
  const options = ["-n", "-c", "100", "-j", "1", "-T", String(seconds), "-M", mode, "-f", script];
  const log = ["-l", "--log-prefix", path.join(folder, "log")];
  const { stdout } = await promisify(execFile)(pgbench, [...options, ...log, databaseUrl], { maxBuffer: 1 << 24 });
  const waits = await readWaits(folder);
  await rm(folder, { recursive: true });
  const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? 0) / 1000;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

/** Of one view, with pgbench's variables in the places of the values. */
async function statement(day: string): Promise<string> {
  let text = "";
  const record = (parts: TemplateStringsArray, ...values: readonly unknown[]) => {
    text = parts.reduce((before, part, at) => before + variable(values[at - 1], day) + part);
    return Promise.resolve([]);
  };
  await addViews(record as unknown as Sql, day, [
    { slug: "slug", visitor: Buffer.alloc(16, 1), source: Buffer.alloc(16, 2) },
  ]);
  return text.replace(/--.*/g, "").replace(/\s+/g, " ").trim();
}

function variable(value: unknown, day: string): string {
  if (value === day) return `'${day}'`;
  if (value === "{slug}") return "('{post-' || :post || '}')";
  const bytes = "lpad(to_hex(:visitor::bigint), 31, '0')";
  if (String(value).includes("0101")) return `('{"\\\\x0' || ${bytes} || '"}')`;
  if (String(value).includes("0202")) return `('{"\\\\x1' || ${bytes} || '"}')`;
  return String(value);
}

/** Microseconds, sorted, of every transaction in the logs. @see https://www.postgresql.org/docs/current/pgbench.html */
async function readWaits(folder: string): Promise<readonly number[]> {
  const logs = (await readdir(folder)).filter((name) => name.startsWith("log"));
  const lines = await Promise.all(logs.map((name) => readFile(path.join(folder, name), "utf8")));
  return lines
    .flatMap((text) => text.trim().split("\n"))
    .map((line) => Number(line.split(" ")[2]))
    .sort((a, b) => a - b);
}
