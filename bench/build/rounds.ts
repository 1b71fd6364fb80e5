/** Rounds in which each contestant builds once, so that what else the machine does hits all alike; and what comes of them. */
import { readdirSync } from "node:fs";
import type { Contestant, Name } from "./contestants.ts";
import { type Cost, costOf } from "./process-cost.ts";

/** Medians of the rounds. */
export interface Measured extends Cost {
  readonly title: string;
  readonly pages: number;
  /** Of the rounds' ratios; absent without Hugo. */
  readonly wallToHugo: number | undefined;
  readonly wallToHugoPlain: number | undefined;
  /** Absent without the floor. */
  readonly cpuToFloor: number | undefined;
}

export type Results = ReadonlyMap<Name, Measured>;

type Round = ReadonlyMap<Name, Cost>;

/** Prints each cost as it comes. */
export async function measure(contestants: readonly Contestant[], cwd: string, count: number): Promise<Results> {
  const rounds: Round[] = [];
  for (let n = 1; n <= count; n += 1) {
    const round = new Map<Name, Cost>();
    for (const contestant of contestants) {
      const cost = await costOfOne(contestant, cwd);
      round.set(contestant.name, cost);
      const { wallSeconds, cpuSeconds, peakMb } = cost;
      const figures = `${wallSeconds.toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s, ${Math.round(peakMb)} MB`;
      console.error(`round ${n}: ${contestant.title}: ${figures}`);
    }
    rounds.push(round);
  }
  return new Map(contestants.map((contestant) => [contestant.name, measured(contestant, rounds)]));
}

async function costOfOne({ command, prepare, restore }: Contestant, cwd: string): Promise<Cost> {
  try {
    prepare();
    return await costOf(command, cwd);
  } finally {
    restore?.();
  }
}

function measured({ name, title, output }: Contestant, rounds: readonly Round[]): Measured {
  const costs = rounds.flatMap((round) => round.get(name) ?? []);
  const ratio = (to: Name, of: keyof Cost) => {
    const ratios = rounds.flatMap((round) => {
      const [mine, theirs] = [round.get(name), round.get(to)];
      return mine && theirs ? [mine[of] / theirs[of]] : [];
    });
    return ratios.length > 0 ? median(ratios) : undefined;
  };
  return {
    title,
    wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    peakMb: median(costs.map(({ peakMb }) => peakMb)),
    pages: pagesIn(output),
    wallToHugo: ratio("hugo", "wallSeconds"),
    wallToHugoPlain: ratio("hugoPlain", "wallSeconds"),
    cpuToFloor: ratio("floor", "cpuSeconds"),
  };
}

/** Of an even number, the mean of the two in the middle. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}

/** Some Hugos write a page that leads from page 1 of a list to the list. */
function pagesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".html") && !file.endsWith("page/1/index.html")).length;
}
