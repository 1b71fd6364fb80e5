import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { Blog } from "../../../site/content/blog.ts";
import { loadBlog } from "../../../site/content/load.ts";
import { feedFiles } from "../../../site/publish/feeds/files.ts";
import { feedHash, feedNews } from "../../../site/publish/feeds/news.ts";
import { checkLedger } from "../../../site/publish/ledger.ts";
import { redirectsFile } from "../../../site/publish/redirects.ts";
import { dueMoments } from "../../../site/publish/schedule.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

const asOf = new Date("2026-06-01T00:00:00Z");

test("knows when posts go live, in the site's own time zone, and says nothing of drafts", async () => {
  const root = await siteInAFolder({
    "posts/now.md": post({ published: "2026-05-31" }),
    "posts/later.md": post({ published: "2026-07-01T08:30" }),
    "posts/sooner.md": post({ published: "2026-06-15" }),
    "posts/draft.md": post({ published: "2026-06-20", draft: "true" }),
  });
  const site = path.join(root, "_data/site.json");
  await writeFile(site, (await readFile(site, "utf8")).replace('"UTC"', '"Europe/Berlin"'));
  const blog = await loadBlog(root, { asOf });
  expect(dueMoments(blog)).toEqual(["2026-06-14T22:00:00.000Z", "2026-07-01T06:30:00.000Z"]);
  expect(blog.hidden.map(({ slug }) => slug).sort()).toEqual(["draft", "later", "sooner"]);
  expect(dueMoments(await loadBlog(root))).toEqual([]);
});

test("keeps unlisted posts out of lists and tags, and their page in", async () => {
  const root = await siteInAFolder({
    "posts/quiet.md": post({ unlisted: "true", tags: "[kafka]" }),
    "posts/loud.md": post(),
  });
  const { posts, listed, tags } = await loadBlog(root);
  expect(posts.map(({ slug }) => slug).sort()).toEqual(["loud", "quiet"]);
  expect(listed.map(({ slug }) => slug)).toEqual(["loud"]);
  expect(tags).toEqual([]);
});

test("tells the functions of feeds only when there is a hub, and of each by what is in it", async () => {
  const hub = "https://hub.example/";
  const root = await siteInAFolder({ "posts/now.md": post() });
  const blog = await loadBlog(root);
  const newsOf = (changes: Partial<Blog["site"]>, blogNow = blog) => {
    const changed = { ...blogNow, site: { ...blogNow.site, ...changes } };
    const hashes = [...feedFiles(changed, new Map())].map(([url, text]) => [url, feedHash(text)] as const);
    return feedNews(changed.site, new Map(hashes));
  };
  expect(newsOf({})).toEqual({ feeds: [] });
  const before = newsOf({ webSubHub: hub });
  expect(before.hub).toBe(hub);
  expect(before.feeds.map(({ url }) => url.slice(blog.site.url.length))).toEqual([
    "/feed.xml",
    "/rss.xml",
    "/feed.json",
  ]);
  expect(newsOf({ webSubHub: hub })).toEqual(before);
  await writeFile(path.join(root, "posts/now.md"), post({}, "Another text.\n"));
  const after = newsOf({ webSubHub: hub }, await loadBlog(root));
  expect(after.feeds.filter(({ hash }, at) => hash === before.feeds[at]?.hash)).toEqual([]);
});

test("redirects every alias to its post", async () => {
  const root = await siteInAFolder({ "posts/new.md": post({ aliases: "[/old/, /2019/older.html]" }) });
  expect(redirectsFile(await loadBlog(root))).toBe("/old/ /posts/new/ 301\n/2019/older.html /posts/new/ 301\n");
});

test("adds new addresses to the list, keeps redirected ones, and points at the line of a lost one", () => {
  const ledger = { file: "published-addresses.txt", text: "/a/\n/b/\n/c/\n" };
  const { text, problems } = checkLedger(ledger, ["/a/", "/d/"], (address) => address === "/b/");
  expect(text).toBe("/a/\n/b/\n/c/\n/d/\n");
  expect(problems).toMatchObject([{ file: "published-addresses.txt", line: 3, column: 1, code: "lost-address" }]);
});
