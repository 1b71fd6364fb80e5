/** What a build tells the person at the terminal once it is done. */
import { budgets } from "../site/budgets.ts";
import type { CacheUse } from "../site/cache-use.ts";
import type { Paint } from "../site/content/problem.ts";
import type { PageWeight, SiteWeight } from "../site/weight/site-weight.ts";
import type { OutputChange } from "./output.ts";
import type { StageTimes } from "./stages.ts";

export interface BuildFigures {
  readonly posts: number;
  readonly functions: number;
  readonly change: OutputChange;
  readonly times: StageTimes;
  /** Milliseconds that it took to parse each post, in whatever build that was, by path of its file. */
  readonly parseMs: ReadonlyMap<string, number>;
  readonly cacheUse: CacheUse;
  readonly weight: SiteWeight;
}

const slowestPosts = 5;
const stagesInLine = 3;
const labelWidth = 10;

/** Lines for a terminal of 80 columns, as far as names of files allow. */
export function buildSummary(figures: BuildFigures, paint: Paint = (_kind, text) => text): string {
  const { posts, functions, weight, change, times, parseMs, cacheUse } = figures;
  const ms = times.values().reduce((sum, stage) => sum + stage, 0);
  const made = `${count(posts, "post")}, ${count(weight.pages, "page")}, ${count(functions, "function")} in ${seconds(ms)}`;
  const parts: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ["files", [filesLine(change)]],
    ["stages", stageLines(times)],
    ["slowest", slowestLines(parseMs)],
    ["caches", [cacheLine(cacheUse)]],
    ["budgets", budgetLines(weight, paint)],
  ];
  const labelled = parts.flatMap(([label, lines]) =>
    lines.map((line, at) => `${paint("hint", (at === 0 ? label : "").padEnd(labelWidth))}${line}`),
  );
  return [paint("place", made), ...labelled].join("\n");
}

function filesLine({ written, removed, kept }: OutputChange): string {
  return `${number(written.length)} written, ${number(removed.length)} removed, ${number(kept)} as they were`;
}

/** The longest first, so many in a line as one can read across. */
function stageLines(times: StageTimes): readonly string[] {
  const stages = [...times].sort(([, a], [, b]) => b - a);
  const [names, figures] = [stages.map(([name]) => name), stages.map(([, ms]) => milliseconds(ms))];
  const cells = stages.map((_stage, at) => `${padded(names, at)} ${padded(figures, at, "right")}`);
  return cells
    .flatMap((_cell, at) => (at % stagesInLine === 0 ? [cells.slice(at, at + stagesInLine)] : []))
    .map((some) => some.join("   "));
}

function slowestLines(parseMs: ReadonlyMap<string, number>): readonly string[] {
  const slowest = [...parseMs].sort(([a, ms], [b, other]) => other - ms || (a < b ? -1 : 1)).slice(0, slowestPosts);
  const figures = slowest.map(([, ms]) => milliseconds(ms));
  return slowest.map(([file], at) => `${padded(figures, at, "right")}  ${file}`);
}

function cacheLine({ found, made, savedMs }: CacheUse): string {
  return `${number(found)} found, ${number(made)} made, ${seconds(savedMs)} saved`;
}

function budgetLines({ home, list, median, longest }: SiteWeight, paint: Paint): readonly string[] {
  const budgeted = [
    { name: "first page", page: home, within: listBudget },
    { name: "list of articles", page: list, within: listBudget },
    { name: "middling article", page: median, within: articleBudget },
    { name: "longest article", page: longest, within: articleBudget },
  ].flatMap(({ page, ...rest }) => (page ? [{ ...rest, page }] : []));
  const names = budgeted.map(({ name }) => name);
  const sizes = budgeted.map(({ page }) => number(page.bytes));
  return budgeted.map(({ page, within }, at) => {
    const { budget, isOver } = within(page);
    const line = `${padded(names, at)}  ${padded(sizes, at, "right")} ${budget}`;
    return isOver ? paint("warning", `${line}: over budget`) : line;
  });
}

interface Budget {
  readonly budget: string;
  readonly isOver: boolean;
}

function listBudget({ bytes }: PageWeight): Budget {
  return { budget: `of ${number(budgets.listMaxBytes)} bytes`, isOver: bytes > budgets.listMaxBytes };
}

/** One that is longer than the first flight is to have its beginning in it. */
function articleBudget({ bytes, firstFlightWords: words }: PageWeight): Budget {
  const [flight, least] = [budgets.firstFlightBytes, budgets.firstFlightWords];
  if (bytes <= flight) return { budget: `of ${number(flight)} bytes`, isOver: false };
  const budget = `bytes, ${number(words)} words in the first ${number(flight)}, at least ${number(least)}`;
  return { budget, isOver: words < least };
}

/** One of `texts`, as wide as the widest of them. */
function padded(texts: readonly string[], at: number, side: "left" | "right" = "left"): string {
  const width = Math.max(...texts.map(({ length }) => length));
  const text = texts[at] ?? "";
  return side === "left" ? text.padEnd(width) : text.padStart(width);
}

function count(n: number, noun: string): string {
  return `${number(n)} ${noun}${n === 1 ? "" : "s"}`;
}

function milliseconds(ms: number): string {
  return `${number(Math.round(ms))} ms`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function number(n: number): string {
  return n.toLocaleString("en");
}
