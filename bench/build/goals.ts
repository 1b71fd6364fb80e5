/** What a build must not exceed. The ratios are promised for 5,000 posts; for fewer they say where it stands. */
import { markdownTable } from "../reader/table.ts";
import type { Results } from "./rounds.ts";
import { msAPost } from "./show.ts";

interface Goal {
  readonly goal: string;
  readonly most: number;
  /** Absent when nothing to compare with was measured. */
  readonly is: number | undefined;
  readonly digits: number;
}

/** Nothing when none of our builds was measured. */
export function goalsTable(posts: number, results: Results): string {
  const [cold, warm] = [results.get("cold"), results.get("warm")];
  const ratios = [
    { goal: "cold: wall, × Hugo", most: 0.4, is: cold?.wallToHugo },
    { goal: "cold: CPU, × floor", most: 1.4, is: cold?.cpuToFloor },
    { goal: "warm: wall, × Hugo", most: 0.2, is: warm?.wallToHugo },
    { goal: "warm: wall, × Hugo without highlighting", most: 1, is: warm?.wallToHugoPlain },
  ].map((goal) => ({ ...goal, digits: 2 }));
  const most = { 5000: 600, 10000: 1000 }[posts];
  const peak = cold && warm && (Math.max(cold.peakMb, warm.peakMb) || undefined);
  return tableOf(most ? [...ratios, { goal: "cold and warm: peak MB", most, is: peak, digits: 0 }] : ratios);
}

/** Nothing unless 1,000 and 10,000 posts were measured. */
export function growthGoal(sizes: ReadonlyMap<number, Results>): string {
  const [few, many] = [1000, 10_000].map((posts) => msAPost(posts, sizes.get(posts)?.get("cold")));
  const is = many && few ? many / few : undefined;
  return tableOf([{ goal: "cold: CPU a post at 10,000, × that at 1,000", most: 1.15, is, digits: 2 }]);
}

function tableOf(goals: readonly Goal[]): string {
  const rows = goals.flatMap(({ goal, most, is, digits }) =>
    is === undefined ? [] : [{ goal, "at most": most.toFixed(digits), is: is.toFixed(digits), "": verdict(most, is) }],
  );
  return rows.length > 0 ? markdownTable(rows) : "";
}

function verdict(most: number, is: number): string {
  return is <= most ? "met" : "not met";
}
