/** `npm start`: the whole product on this machine, until Ctrl-C. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { DataDirectoryTaken } from "../dev/data-directory.ts";
import { startRehearsal } from "../dev/rehearsal.ts";
import { loadEnvironmentFile, readSiteConfig } from "../site/config.ts";
import { explain } from "./terminal.ts";

const root = path.resolve(import.meta.dirname, "..");
const ancestorCheckMilliseconds = 500;

try {
  const started = performance.now();
  process.chdir(root);
  loadEnvironmentFile(root);
  const config = readSiteConfig(root);
  const rehearsal = await startRehearsal(config, (line) => console.log(line));
  stopCleanly(rehearsal.close, ancestorsOf(config.isRunByNpm));
  const lines = [
    `  Site      ${rehearsal.url}`,
    rehearsal.mailbox && `  Mailbox   ${rehearsal.mailbox}`,
    `  Database  ${rehearsal.database}`,
    "  Stop      Ctrl-C",
  ];
  console.log(
    `\nFirstflight is ready after ${((performance.now() - started) / 1000).toFixed(1)} s\n\n${lines.filter(Boolean).join("\n")}\n`,
  );
} catch (error) {
  console.error(`\n${startProblem(error)}\n`);
  process.exit(1);
}

function startProblem(error: unknown): string {
  if (error instanceof DataDirectoryTaken) return error.message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    const { port } = error as Error & { port?: number };
    return `Port ${port} is taken by another program. Stop it, or choose another one: PORT=${(port ?? 8888) + 1} npm start`;
  }
  return explain(error);
}

/** Every way to stop is the same way, the death of whoever started us included: we must not live on and hold the port. */
function stopCleanly(close: () => Promise<void>, ancestors: readonly number[]): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
  setInterval(() => {
    if (!ancestors.every(isAlive)) void stop();
  }, ancestorCheckMilliseconds).unref();
}

/** Our parent, and under npm npm itself: between the two stands a shell, which outlives npm. */
function ancestorsOf(isRunByNpm: boolean): readonly number[] {
  const grandparent = isRunByNpm ? parentOf(process.ppid) : 0;
  return grandparent > 1 ? [process.ppid, grandparent] : [process.ppid];
}

/** 0 where the system does not tell. */
function parentOf(pid: number): number {
  if (process.platform === "linux")
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  return Number(spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim()) || 0;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
