/** Brings up the door of the view counter in a process of its own, sends readers to it, and asks for its memory. */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Measured } from "./pgbench.ts";

export interface Server {
  readonly port: number;
  readonly databaseUrl: string;
  stop(): void;
}

export interface Wish {
  /** Of the door. */
  readonly bundle: string;
  /** Absent: the process brings an embedded database of its own, in `folder`. */
  readonly databaseUrl?: string;
  readonly folder?: string;
}

export async function startServer({ bundle, databaseUrl, folder }: Wish): Promise<Server> {
  const file = path.join(import.meta.dirname, "view-server.ts");
  const child = spawn(process.execPath, ["--expose-gc", file, bundle, ...(folder ? [folder] : [])], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "blog@blog.example",
      CONTACT_TO: "owner@blog.example",
      TOKEN_KEYS: `b:${Buffer.alloc(32).toString("base64url")}`,
      SITE_URL: "http://blog.example",
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    },
  });
  const said = JSON.parse(await firstLine(child)) as Omit<Server, "stop">;
  return { ...said, stop: () => void child.kill() };
}

export interface Readers {
  readonly slugs: readonly string[];
  /** How long, or how many in all. */
  readonly seconds?: number;
  readonly requests?: number;
}

/** Throws unless every view was counted. */
export async function sendReaders(to: Server, { slugs, seconds = 0, requests = 0 }: Readers): Promise<Measured> {
  const file = path.join(import.meta.dirname, "view-client.ts");
  const args = [file, String(to.port), String(seconds), String(requests), slugs.join(",")];
  const client = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { statuses, ...measured } = JSON.parse(await firstLine(client));
  const others = Object.keys(statuses).filter((status) => status !== "204");
  if (others.length > 0) throw new Error(`not all views were counted: ${JSON.stringify(statuses)}`);
  return measured;
}

export interface Memory {
  /** Bytes after the garbage was collected. */
  readonly heapUsed: number;
  /** Bytes as the system sees it. */
  readonly rss: number;
}

export async function memoryOf({ port }: Server): Promise<Memory> {
  return (await (await fetch(`http://127.0.0.1:${port}/memory`)).json()) as Memory;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout) for await (const line of createInterface(stdout)) return line;
  throw new Error("a process of the benchmark ended without a word");
}
