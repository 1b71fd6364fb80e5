/** When what each page shows last changed, as the sitemap tells it. */
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import type { Blog } from "../../../site/content/blog.ts";
import { loadBlog } from "../../../site/content/load.ts";
import { sitemapEntries } from "../../../site/publish/sitemap.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

const day = (written: string) => DateTime.fromISO(written, { zone: "utc" }) as DateTime<true>;

async function changesOf(dataChanges: Blog["dataChanges"]): Promise<ReadonlyMap<string, string | undefined>> {
  const folder = await siteInAFolder({
    "_data/achievements.json": JSON.stringify([
      { kind: "talk", title: "Logs", abstract: "What logs are for.", technologies: ["Kafka"] },
    ]),
    "posts/a.md": post({ published: "2026-01-01", updated: "2026-05-01", tags: "[kafka]", series: "Steps", part: "1" }),
    "posts/b.md": post({ published: "2026-02-01", tags: "[career]" }),
    "posts/c.md": post({ published: "2026-06-01", unlisted: "true" }),
  });
  const entries = sitemapEntries({ ...(await loadBlog(folder)), dataChanges });
  expect(new Set(entries.map(({ url }) => url)).size).toBe(entries.length);
  return new Map(entries.map(({ url, changed }) => [url, changed?.toISODate() ?? undefined]));
}

test("is the newest of the posts and the data files that a page shows", async () => {
  const changes = await changesOf(
    new Map([
      ["profile", day("2025-01-01")],
      ["projects", day("2025-02-01")],
      ["case-studies", day("2025-03-01")],
      ["achievements", day("2026-07-01")],
      ["technologies", day("2025-05-01")],
    ]),
  );
  const expected = {
    "/": "2026-07-01",
    "/work/": "2025-03-01",
    "/work/lakehouse/": "2025-03-01",
    "/about/": "2026-07-01",
    "/talks/logs/": "2026-07-01",
    "/technologies/kafka/": "2026-07-01",
    "/technologies/duckdb/": "2025-05-01",
    "/posts/": "2026-05-01",
    "/posts/a/": "2026-05-01",
    "/posts/b/": "2026-02-01",
    "/tags/career/": "2026-02-01",
    "/series/steps/": "2026-05-01",
    "/search/": "2026-05-01",
  };
  for (const [url, changed] of Object.entries(expected)) expect.soft(changes.get(url), url).toBe(changed);
});

test("is left out where nothing tells: pages made of code, and all data where there is no history", async () => {
  const changes = await changesOf(new Map());
  for (const url of ["/contact/", "/newsletter/", "/privacy/", "/colophon/", "/work/", "/about/"])
    expect.soft([changes.has(url), changes.get(url)], url).toEqual([true, undefined]);
  expect(changes.get("/")).toBe("2026-05-01");
  expect(changes.has("/posts/c/")).toBe(false);
});
