import { expect, it } from "vitest";
import type { Statistics } from "../../../../functions/lib/views/statistics.ts";
import { formatStatistics, statisticsAsJson } from "../../../../functions/lib/views/statistics-text.ts";

const statistics: Statistics = {
  days: ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"],
  posts: [
    { slug: "exactly-once-in-production", views: 1240, total: 23_456, byDay: [0, 1000, 200, 40] },
    { slug: "a-post-whose-name-is-much-longer-than-anybody-would-want", views: 3, total: 3, byDay: [1, 0, 0, 2] },
    { slug: "an-old-one", views: 0, total: 12, byDay: [0, 0, 0, 0] },
    { slug: "another", views: 0, total: 1, byDay: [0, 0, 0, 0] },
  ],
};

it("shows a line with a curve per post and a line with a bar per day", async () => {
  await expect(formatStatistics(statistics)).toMatchFileSnapshot("golden/statistics.txt");
});

it("gives programs the numbers of each post and day, and no more", async () => {
  await expect(statisticsAsJson(statistics)).toMatchFileSnapshot("golden/statistics-json.txt");
});

it("says so when nothing was read", () => {
  const nothing = { days: ["2026-03-02"], posts: [] };
  expect(formatStatistics(nothing)).toBe(
    "Views from 2026-03-02 to 2026-03-02, days in UTC, today so far; 0 of all time\n\nNothing was read in these days.",
  );
  expect(JSON.parse(statisticsAsJson(nothing))).toEqual({ from: "2026-03-02", to: "2026-03-02", total: 0, posts: [] });
});

it("keeps the curve of many days on a line, with all their views", () => {
  const byDay = Array.from({ length: 365 }, (_, at) => (at === 364 ? 7 : 0));
  const days = byDay.map((_, at) => `day ${at}`);
  const [line = ""] = formatStatistics({ days, posts: [{ slug: "p", views: 7, total: 7, byDay }] })
    .split("\n")
    .filter((each) => each.startsWith("p "));
  expect(line.length).toBeLessThan(100);
  expect(line.at(-1)).toBe("█");
});
