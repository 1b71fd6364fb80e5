/** Every feed of the built site, as a feed reader reads it. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseFeed } from "feedsmith";
import { parse } from "node-html-parser";
import { describe, expect, test } from "vitest";
import { loadBlog } from "../../site/content/load.ts";
import { groupBySeries } from "../../site/content/series.ts";
import { trusted } from "../../site/html.ts";
import { feedContent } from "../../site/publish/feeds/content.ts";
import { feedsOf } from "../../site/publish/feeds/feed.ts";
import { builtSite, root, siteUrl } from "../setup/site.ts";
import { post, siteInAFolder } from "../site/site-in-a-folder.ts";
import { builtFiles } from "./built-site.ts";

const files = await builtFiles();
const feeds = files.filter((file) => /(?:^|\/)(?:feed\.xml|rss\.xml|feed\.json)$/.test(file));
const { listed, tags, series } = await loadBlog(root);

interface Item {
  readonly id: string;
  readonly url: string;
  readonly content: string;
}

test("there are three for the site, for each tag and for each series", () => {
  const homes = ["", ...tags.map(({ url }) => url.slice(1)), ...series.map(({ url }) => url.slice(1))];
  const expected = homes.flatMap((home) => ["feed.xml", "rss.xml", "feed.json"].map((name) => home + name));
  expect(feeds.toSorted()).toEqual(expected.sort());
  expect(homes.length).toBeGreaterThan(10);
});

test.each(feeds)("%s is read by a real parser, whole, and every address in it exists", async (file) => {
  const text = await readFile(path.join(builtSite, file), "utf8");
  const { format, items } = read(text);
  expect(format).toBe(file.endsWith("rss.xml") ? "rss" : file.endsWith(".json") ? "json" : "atom");
  expect(items.length).toBeGreaterThan(0);
  for (const { id, url, content } of items) {
    expect.soft(exists(url), url).toBe(true);
    expect.soft(id).toMatch(/^https:\/\//);
    const body = parse(content);
    expect.soft(body.text.length, url).toBeGreaterThan(1_000);
    for (const element of body.querySelectorAll("[href], [src]")) {
      const address = element.getAttribute("href") ?? element.getAttribute("src") ?? "";
      expect.soft(address, url).toMatch(/^(?:https?:|mailto:|data:)/);
      if (address.startsWith(siteUrl)) expect.soft(exists(address), address).toBe(true);
    }
    expect.soft(content, url).not.toMatch(/<(?:script|style|button|iframe)|\sclass="|\sstyle="|\stabindex=/);
  }
});

test("the three forms of the site's feed have the same entries", async () => {
  const [atom, rss, json] = await Promise.all(
    ["feed.xml", "rss.xml", "feed.json"].map(async (file) => read(await readFile(path.join(builtSite, file), "utf8"))),
  );
  expect(atom?.items.map(({ url }) => url)).toEqual(listed.map(({ url }) => siteUrl + url));
  expect(rss?.items).toEqual(atom?.items);
  expect(json?.items).toEqual(atom?.items);
});

test("an entry keeps its id when the post moves, and a series is newest first like any feed", async () => {
  const folder = await siteInAFolder({
    "posts/new-name.md": post({
      aliases: "[/2019/old/, /older/]",
      series: "Steps",
      part: "1",
      published: "2026-01-01",
    }),
    "posts/second.md": post({ series: "Steps", part: "2", published: "2026-02-01" }),
  });
  const blog = await loadBlog(folder);
  const feed = feedsOf(blog, new Map(), feedContent).get("/series/steps/");
  expect(groupBySeries(blog.listed)).toHaveLength(1);
  expect(feed?.entries.map(({ id, url }) => [id, url].map((one) => one.slice(blog.site.url.length)))).toEqual([
    ["/posts/second/", "/posts/second/"],
    ["/2019/old/", "/posts/new-name/"],
  ]);
});

describe("an article in a feed", () => {
  const inFeed = (markup: string) => feedContent(trusted(markup), "https://blog.example/posts/quiet/");

  test.each([
    ['<a href="#s">here</a>', '<a href="https://blog.example/posts/quiet/#s">here</a>'],
    ['<img src="a.png" alt="A" loading="lazy">', '<img src="https://blog.example/posts/quiet/a.png" alt="A">'],
    ['<h2 id="s"><a class="anchor" href="#s">Head</a></h2>', "<h2>Head</h2>"],
    [
      '<pre tabindex="0"><code><span class="k">let</span> x &lt; 1</code></pre>',
      "<pre><code>let x &lt; 1</code></pre>",
    ],
    ['<p>Text<small class="sidenote">again</small></p>', "<p>Text</p>"],
    ["<p>a<script>b</script><style>c</style></p>", "<p>a</p>"],
    [
      '<picture><source srcset="a.avif"><img src="/a.png" alt="A"></picture>',
      '<img src="https://blog.example/a.png" alt="A">',
    ],
  ])("%s becomes %s", (markup, expected) => {
    expect(inFeed(markup)).toBe(expected);
  });
});

function read(text: string): { readonly format: string; readonly items: readonly Item[] } {
  const parsed = parseFeed(text);
  if (parsed.format === "atom") {
    const items = (parsed.feed.entries ?? []).map(({ id = "", links = [], content }) => ({
      id,
      url: links[0]?.href ?? "",
      content: typeof content === "string" ? content : (content?.value ?? ""),
    }));
    return { format: parsed.format, items };
  }
  if (parsed.format === "rss") {
    const items = (parsed.feed.items ?? []).map(({ guid, link = "", content }) => ({
      id: guid?.value ?? "",
      url: link,
      content: content?.encoded ?? "",
    }));
    return { format: parsed.format, items };
  }
  if (parsed.format !== "json") throw new Error(`no feed of ours: ${parsed.format}`);
  const items = (parsed.feed.items ?? []).map(({ id = "", url = "", content_html = "" }) => ({
    id,
    url,
    content: content_html,
  }));
  return { format: parsed.format, items };
}

/** Whether the site has a file at an address of its own. */
function exists(address: string): boolean {
  const { pathname } = new URL(address);
  return files.includes(`${pathname.slice(1)}${pathname.endsWith("/") ? "index.html" : ""}`);
}
