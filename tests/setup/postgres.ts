/** A real PostgreSQL for a test run: a throw-away cluster of the machine's own binaries, if it has any. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrated } from "./migrated.ts";
import { postgresBinaries } from "./postgres-binaries.ts";

export interface Cluster {
  readonly url: string;
  /** Ends the server as a crash does, or begins it again; what it keeps stays. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgres();
  project.provide("databaseUrls", await makeDatabases(cluster.url, project.config.maxWorkers));
  project.provide("databaseKind", "postgresql");
  return cluster.stop;
}

async function makeDatabases(url: string, count: number): Promise<string[]> {
  const urls: string[] = [];
  const sql = postgres(url, { max: 1 });
  for (let worker = 1; worker <= count; worker += 1) {
    const name = `worker_${worker}`;
    await sql`CREATE DATABASE ${sql(name)}`;
    urls.push(await migrated(new URL(`/${name}`, url).href));
  }
  await sql.end();
  return urls;
}

/** Nothing has to outlive a test. */
const fast = { fsync: "off", full_page_writes: "off" };

/**
 * The shell does what it is told line by line. It ends the server and clears up when its input ends: also when this process
 * is killed.
 */
const script = `
serve() { "$@" </dev/null >/dev/null 2>&1 & server=$!; }
serve "$@"
while read -r word; do
  case $word in
    crash) kill -QUIT $server; wait $server;;
    restart) serve "$@";;
  esac
  echo done
done
kill -INT $server; wait $server; rm -rf "$0"`;

/** Throws when the machine has no PostgreSQL; ask `postgresBinaries` first. `wishes` are settings of the server. */
export async function startPostgres(wishes: Readonly<Record<string, string>> = fast): Promise<Cluster> {
  const binaries = postgresBinaries();
  if (!binaries) throw new Error("no PostgreSQL on this machine");
  const owner = ownerOfClusters();
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-postgres-"));
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  const cluster = path.join(folder, "cluster");
  const initOptions = ["-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await promisify(execFile)(path.join(binaries, "initdb"), initOptions, { ...owner, cwd: folder });
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    ...wishes,
  };
  const options = [
    "-D",
    cluster,
    "-p",
    `${port}`,
    ...Object.entries(settings).map(([key, value]) => `--${key}=${value}`),
  ];
  const shell = spawn("sh", ["-c", script, folder, path.join(binaries, "postgres"), ...options], {
    ...owner,
    cwd: tmpdir(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = once(shell, "exit");
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    shell.stdin.end();
    await ended;
  };
  const tell = async (word: string) => {
    shell.stdin.write(`${word}\n`);
    await once(shell.stdout, "data");
  };
  await ready(url).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    url,
    stop,
    crash: () => tell("crash"),
    async restart() {
      await tell("restart");
      await ready(url);
    },
  };
}

/** PostgreSQL refuses to run as root. */
function ownerOfClusters(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option: string) => {
    try {
      return Number(execFileSync("id", [option, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
    } catch {
      return 65_534;
    }
  };
  return { uid: idOf("-u"), gid: idOf("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, backoff: () => 0.1 });
    try {
      await sql`SELECT 1`;
      return;
    } catch (error) {
      if (tries === 150) throw error;
      await wait(200);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
