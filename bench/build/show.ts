/** Results as tables in Markdown. */
import { markdownTable } from "../reader/table.ts";
import type { Name } from "./contestants.ts";
import type { Measured, Results } from "./rounds.ts";

export function resultsTable(results: Results): string {
  return markdownTable(
    [...results.values()].map(({ title, wallSeconds, cpuSeconds, peakMb, pages, wallToHugo, cpuToFloor }) => ({
      build: title,
      "wall s": wallSeconds.toFixed(2),
      "CPU s": cpuSeconds.toFixed(2),
      "peak MB": peakMb ? whole(peakMb) : "–",
      pages: whole(pages),
      "pages/s": whole(pages / wallSeconds),
      "wall, × Hugo": wallToHugo?.toFixed(2) ?? "–",
      "CPU, × floor": cpuToFloor?.toFixed(2) ?? "–",
    })),
  );
}

/** Milliseconds of CPU for each post, size by size: level when the cost is linear. */
export function growthTable(sizes: ReadonlyMap<number, Results>): string {
  const names = new Set([...sizes.values()].flatMap((results) => [...results.keys()]));
  return markdownTable(
    [...names].map((name) => ({
      "CPU ms a post": titleOf(name, sizes),
      ...Object.fromEntries(
        [...sizes].map(([posts, results]) => [`at ${whole(posts)}`, msAPost(posts, results.get(name)).toFixed(2)]),
      ),
    })),
  );
}

export function msAPost(posts: number, measured: Measured | undefined): number {
  return measured ? (1000 * measured.cpuSeconds) / posts : Number.NaN;
}

export function whole(number: number): string {
  return Math.round(number).toLocaleString("en");
}

function titleOf(name: Name, sizes: ReadonlyMap<number, Results>): string {
  return [...sizes.values()].map((results) => results.get(name)?.title).find(Boolean) ?? name;
}
