/** `npm start` as a person starts it, in a process of its own, on a free port and a data folder of the test's. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../setup/site.ts";

export interface Started {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the exit status. */
  readonly exit: Promise<number | null>;
}

/** Starts `scripts/start.ts` of `folder` and waits for the banner, or for its end. */
export async function runStart(options: {
  readonly dataDirectory: string;
  readonly port?: number;
  readonly folder?: string;
}): Promise<Started> {
  const { dataDirectory, port = await freePort(), folder = root } = options;
  const child = spawn(process.execPath, [path.join(folder, "scripts/start.ts")], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDirectory, NODE_ENV: "", VITEST: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes("Ctrl-C")) resolve();
      });
    }
  });
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  await Promise.race([ready, exit]);
  return { url: `http://localhost:${port}`, port, process: child, output: () => output, exit };
}

export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-data-"));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
