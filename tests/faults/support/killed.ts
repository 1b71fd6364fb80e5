/** Runs a script of this folder and kills it without a warning, at a moment of chance. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export interface Killed {
  /** What it said after `ready`, line by line. */
  readonly said: readonly string[];
}

/** The kill comes up to `withinMs` after the script said that it is ready. */
export async function runAndKill(script: string, args: readonly string[], withinMs: number): Promise<Killed> {
  const file = path.join(import.meta.dirname, `${script}.ts`);
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (line === "ready") setTimeout(() => killNow(child), Math.random() * withinMs);
    else said.push(line);
  }
  await ended;
  return { said };
}

function killNow(child: ChildProcess): void {
  child.kill("SIGKILL");
}
