/** What a cold start of each door reads: bytes of its bundle, and the time of its import in a process of its own. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

export interface DoorCost {
  readonly bytes: number;
  /** Milliseconds: the middle of so many processes, and the fastest. */
  readonly middle: number;
  readonly fastest: number;
  /** Milliseconds of processor, the middle: what a busy machine changes least. */
  readonly cpu: number;
}

const processes = 15;

/** Without the start of Node.js itself, which is the same for all. */
export async function costOfDoor(folder: string, door: string): Promise<DoorCost> {
  const file = path.join(folder, `${door}.mjs`);
  const program = `const [t, c] = [performance.now(), process.cpuUsage()];
    await import(${JSON.stringify(pathToFileURL(file).href)});
    const took = performance.now() - t, { user, system } = process.cpuUsage(c);
    console.log(JSON.stringify([took, (user + system) / 1000]));`;
  const times: number[] = [];
  const cpu: number[] = [];
  for (let n = 0; n < processes; n += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
    const [took, used] = JSON.parse(stdout) as [number, number];
    times.push(took);
    cpu.push(used);
  }
  const { size } = await stat(file);
  return { bytes: size, middle: middle(times), fastest: Math.min(...times), cpu: middle(cpu) };
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
