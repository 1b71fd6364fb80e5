/** What a command costs, all its processes together. Needs a POSIX shell; the memory is known on Linux only. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface Cost {
  readonly wallSeconds: number;
  /** User and system, of the command and of every process that it waited for. */
  readonly cpuSeconds: number;
  /** Of the largest of its processes, in MB of 2^20 bytes; 0 where the system does not tell. */
  readonly peakMb: number;
}

/** The peak that Linux keeps (VmHWM) never falls: only what grew in a process's last moments is missed. */
const lookEveryMs = 20;

/** The shell's built-in `times` writes two lines: its own times, then those of what it waited for. */
const script = '"$@"; status=$?; times >&3; exit $status';

/** Runs with the language "C", whatever the person's is. @throws {Error} with what the command printed, when it fails. */
export async function costOf(command: readonly string[], cwd: string): Promise<Cost> {
  const started = performance.now();
  const shell = spawn("sh", ["-c", script, "sh", ...command], {
    cwd,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const printed = shell.stdio.slice(1).map((stream) => text(stream as Readable));
  let peakMb = 0;
  const look = () => {
    if (shell.pid) peakMb = Math.max(peakMb, ...descendants(shell.pid).map(peakOf));
  };
  const looking = setInterval(look, lookEveryMs);
  const status = await new Promise((resolve, reject) => shell.on("close", resolve).on("error", reject));
  clearInterval(looking);
  const wallSeconds = (performance.now() - started) / 1000;
  const [out, errors, times = ""] = await Promise.all(printed);
  if (status !== 0) throw new Error(`${command.join(" ")}\n${out}${errors}`);
  return { wallSeconds, cpuSeconds: cpuSecondsIn(times), peakMb };
}

/** `times` is the second line of the shell's: "0m1.230s 0m0.450s". */
function cpuSecondsIn(times: string): number {
  const [, ofChildren = ""] = times.split("\n");
  const parts = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`times of the shell are not understood: ${times}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}

/** Without the process itself. */
function descendants(pid: number): readonly number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function peakOf(pid: number): number {
  const [, kilobytes = 0] = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** Nothing when the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
