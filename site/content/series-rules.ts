/** What makes a series of posts: one name, and parts without gaps. */
import { nearest } from "../nearest.ts";
import type { GoodPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import { seriesUrl } from "./series.ts";

export function seriesProblems(posts: readonly GoodPost[]): ContentProblem[] {
  const parts = posts.filter(({ post }) => post.series);
  const bySeries = Map.groupBy(parts, (one) => seriesUrl(nameOf(one)));
  const names = [...bySeries.values()].flatMap(([first]) => (first ? [nameOf(first)] : []));
  return [...bySeries.values()].flatMap((ofSeries) => [...nameProblems(ofSeries), ...partProblems(ofSeries, names)]);
}

/** Two names with one address are one series with a slip in it. */
function nameProblems(parts: readonly GoodPost[]): ContentProblem[] {
  const [first] = parts;
  if (!first) return [];
  const known = nameOf(first);
  if (!/[\p{L}\p{N}]/u.test(known)) {
    const problem = `the series "${known}" has no letter and no digit to make an address of`;
    return parts.map((one) => one.atKey(["series"], { code: "invalid-series", problem }));
  }
  return parts
    .filter((one) => nameOf(one) !== known)
    .map((one) => {
      const problem = `the series "${nameOf(one)}" is written "${known}" in ${first.post.file}`;
      const hint = `both would be ${seriesUrl(known)}`;
      return one.atKey(["series"], { code: "two-series-names", problem, hint });
    });
}

/** Parts are 1, 2, 3 … without gaps, drafts and future parts included. */
function partProblems(parts: readonly GoodPost[], names: readonly string[]): ContentProblem[] {
  const sorted = parts.toSorted((a, b) => partOf(a) - partOf(b));
  return sorted.flatMap((one, at) => {
    const [part, before] = [partOf(one), sorted[at - 1]];
    const expected = (before ? partOf(before) : 0) + 1;
    if (part === expected) return [];
    const name = nameOf(one);
    if (before && part === partOf(before)) {
      const problem = `part ${part} of "${name}" is ${before.post.file} already`;
      return [one.atKey(["part"], { code: "doubled-part", problem })];
    }
    const problem = `part ${part} of "${name}" has no part ${expected} before it`;
    return [one.atKey(["part"], { code: "part-gap", problem, hint: before ? undefined : slip(name, names) })];
  });
}

/** A series without a beginning may be another one, mistyped. */
function slip(name: string, names: readonly string[]): string | undefined {
  const near = nearest(
    name,
    names.filter((other) => other !== name),
  );
  return near && `did you mean the series "${near}"?`;
}

function nameOf({ post }: GoodPost): string {
  return post.series?.name ?? "";
}

function partOf({ post }: GoodPost): number {
  return post.series?.part ?? 0;
}
