/** What `npm run build` tells when it is done. */
import { expect, test } from "vitest";
import { startWatch } from "../../build/stages.ts";
import { type BuildFigures, buildSummary } from "../../build/summary.ts";
import type { PageWeight } from "../../site/weight/site-weight.ts";

const page = (bytes: number, firstFlightWords = 0): PageWeight => ({
  url: "/",
  bytes,
  firstFlightShare: 1,
  firstFlightWords,
  requests: 2,
  blockingRequests: 0,
  foreignRequests: 0,
});

const figures: BuildFigures = {
  posts: 1_204,
  functions: 11,
  change: { written: ["/a/", "/b/", "/c/"], removed: ["/d/"], kept: 4_321 },
  times: new Map([
    ["read and parse", 812.4],
    ["pages", 2_345.6],
    ["feeds", 0.4],
    ["search", 95],
  ]),
  parseMs: new Map([1, 22, 333, 4, 50, 6, 7].map((ms) => [`posts/of-${ms}.md`, ms])),
  cacheUse: { found: 5_000, made: 12, savedMs: 61_234 },
  weight: {
    pages: 1_302,
    home: page(8_123),
    list: page(9_001),
    median: page(14_600),
    longest: page(31_000, 1_199),
    styleBytes: 0,
    scriptBytes: 0,
    headerBytes: 0,
  },
};

test("tells in a few aligned lines what was made, in which time, and how it stands with the budgets", () => {
  expect(buildSummary(figures)).toBe(`1,204 posts, 1,302 pages, 11 functions in 3.3 s
files     3 written, 1 removed, 4,321 as they were
stages    pages          2,346 ms   read and parse   812 ms   search            95 ms
          feeds              0 ms
slowest   333 ms  posts/of-333.md
           50 ms  posts/of-50.md
           22 ms  posts/of-22.md
            7 ms  posts/of-7.md
            6 ms  posts/of-6.md
caches    5,000 found, 12 made, 61.2 s saved
budgets   first page         8,123 of 9,000 bytes
          list of articles   9,001 of 9,000 bytes: over budget
          middling article  14,600 of 14,600 bytes
          longest article   31,000 bytes, 1,199 words in the first 14,600, at least 1,200: over budget`);
});

test("marks what is over its budget, and nothing else, as a warning", () => {
  const warned: string[] = [];
  const summary = buildSummary(figures, (kind, text) => {
    if (kind === "warning") warned.push(text.trim());
    return text;
  });
  expect(warned).toEqual(summary.split("\n").flatMap((line) => (/over budget/.test(line) ? [line.slice(10)] : [])));
  const within = { ...figures.weight, list: page(9_000), longest: page(31_000, 1_200) };
  expect(buildSummary({ ...figures, weight: within })).not.toContain("over");
});

test("leaves out what a site without posts does not have", () => {
  const { median: _median, longest: _longest, ...weight } = figures.weight;
  const none = {
    ...figures,
    posts: 0,
    parseMs: new Map(),
    weight: { ...weight, median: undefined, longest: undefined },
  };
  const summary = buildSummary(none);
  expect(summary).toMatch(/^0 posts, 1,302 pages/);
  expect(summary).not.toMatch(/slowest|article {2}/);
});

test("measures stages one after the other, and adds up those of one name", () => {
  let now = 10;
  const watch = startWatch(4, () => now);
  for (const [stage, ms] of [
    ["start", 0],
    ["pages", 5],
    ["other files", 1],
    ["pages", 7],
  ] as const) {
    now += ms;
    watch.ended(stage);
  }
  expect([...watch.times]).toEqual([
    ["start", 6],
    ["pages", 12],
    ["other files", 1],
  ]);
});
