/** Long lists, tags and series, on a site of many posts. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyDataWithoutPosts } from "../../bench/data-without-posts.ts";
import { generatedIn } from "../../build/generated.ts";
import { buildSite } from "../../build/site.ts";
import { outputProblems } from "../../site/links/check-output.ts";
import { readOutput } from "../../site/links/output.ts";
import { postsPerPage } from "../../site/list-pages.ts";
import { root, siteUrl } from "../setup/site.ts";
import { post } from "../site/site-in-a-folder.ts";
import { type BuiltPage, builtPages } from "./built-site.ts";

const years = { 2021: 20, 2022: 35, 2023: 15 };
const output = path.join(root, ".cache/test/lists");
let folder: string;
let pages: ReadonlyMap<string, BuiltPage>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "firstflight-lists-"));
  await copyDataWithoutPosts(root, folder);
  await mkdir(path.join(folder, "posts"));
  for (const [name, text] of posts()) await writeFile(path.join(folder, "posts", name), text);
  const generated = generatedIn(folder);
  await buildSite({ root, content: folder, output, generated, siteUrl, isPreview: false });
  pages = new Map((await builtPages(output)).map((page) => [page.url, page]));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Post `2021-3` is the third of 2021. Every second one is about kafka; two are parts of a series. */
function* posts(): Generator<[string, string]> {
  for (const [year, count] of Object.entries(years)) {
    for (let n = 1; n <= count; n += 1) {
      const day = new Date(Date.UTC(Number(year), 0, n * 7)).toISOString().slice(0, 10);
      const tags = n % 2 === 0 || year === "2022" ? "[kafka]" : "[flink]";
      const series = year === "2022" && n < 3 ? { series: "First Steps", part: `${3 - n}` } : undefined;
      yield [`${day}-post-${year}-${n}.md`, post({ title: `Post ${n} of ${year}`, published: day, tags, ...series })];
    }
  }
}

const at = (url: string) => {
  const page = pages.get(url);
  if (!page) throw new Error(`no page at ${url}`);
  return page.document;
};
const linksOf = (url: string, selector: string) =>
  at(url)
    .querySelectorAll(selector)
    .map((link) => link.getAttribute("href"));

test("shows every post once, newest first, on pages of one length", () => {
  const urls = ["/posts/", "/posts/page/2/", "/posts/page/3/"];
  const listed = urls.map((url) => linksOf(url, ".post-list a"));
  expect(listed.map((links) => links.length)).toEqual([postsPerPage, postsPerPage, 10]);
  const all = listed.flat();
  expect(all[0]).toBe("/posts/post-2023-15/");
  expect(all.at(-1)).toBe("/posts/post-2021-1/");
  expect(new Set(all).size).toBe(70);
  expect(pages.has("/posts/page/4/")).toBe(false);
});

test("leads from page to page, both ways, and no further than there are pages", () => {
  expect(linksOf("/posts/", '[rel="prev"], [rel="next"]')).toEqual(["/posts/page/2/"]);
  expect(linksOf("/posts/page/2/", '[rel="prev"]')).toEqual(["/posts/"]);
  expect(linksOf("/posts/page/2/", '[rel="next"]')).toEqual(["/posts/page/3/"]);
  expect(linksOf("/posts/page/3/", '[rel="prev"], [rel="next"]')).toEqual(["/posts/page/2/"]);
  expect(at("/posts/page/2/").querySelector(".pages")?.text).toContain("Page 2 of 3");
});

test("gives every page of a list its own title, description and canonical address", () => {
  const urls = ["/posts/", "/posts/page/2/", "/posts/page/3/", "/tags/kafka/", "/tags/kafka/page/2/"];
  const heads = urls.map((url) => ({
    title: at(url).querySelector("title")?.text,
    description: at(url).querySelector('meta[name="description"]')?.getAttribute("content"),
    canonical: at(url).querySelector('link[rel="canonical"]')?.getAttribute("href"),
  }));
  expect(new Set(heads.map(({ title }) => title)).size).toBe(urls.length);
  expect(new Set(heads.map(({ description }) => description)).size).toBe(urls.length);
  expect(heads.map(({ canonical }) => canonical)).toEqual(urls.map((url) => siteUrl + url));
  expect(heads[1]?.title).toMatch(/^Writing, page 2 · /);
});

test("links every year to the place where it begins, from every page", () => {
  const years = 'nav[aria-label="Years"] a';
  expect(linksOf("/posts/", years)).toEqual(["#year-2023", "#year-2022", "/posts/page/2/#year-2021"]);
  expect(linksOf("/posts/page/3/", years)).toEqual([
    "/posts/#year-2023",
    "/posts/#year-2022",
    "/posts/page/2/#year-2021",
  ]);
  expect(at("/posts/").querySelector('nav[aria-label="Years"]')?.text).toContain("2022 35");
});

test("says of a year that it goes on from the page before", () => {
  const headings = (url: string) =>
    at(url)
      .querySelectorAll("h2")
      .map((heading) => heading.text);
  expect(headings("/posts/")).toEqual(["2023", "2022"]);
  expect(headings("/posts/page/2/")).toEqual(["2022, continued", "2021"]);
});

test("cuts a long tag into pages and counts all its posts on each", () => {
  expect(linksOf("/tags/kafka/", ".post-list a")).toHaveLength(postsPerPage);
  expect(linksOf("/tags/kafka/page/2/", ".post-list a")).toHaveLength(52 - postsPerPage);
  expect(at("/tags/kafka/page/2/").querySelector(".deck")?.text).toContain("52 posts about kafka");
  expect(pages.has("/tags/flink/page/2/")).toBe(false);
  expect(at("/tags/").querySelector(".post-list")?.text).toMatch(/kafka\s*52 posts/);
});

test("shows a series in its order, whatever the dates, and links it from each part", () => {
  expect(linksOf("/series/first-steps/", ".post-list a")).toEqual(["/posts/post-2022-2/", "/posts/post-2022-1/"]);
  expect(linksOf("/series/", ".post-list a")).toEqual(["/series/first-steps/"]);
  const box = at("/posts/post-2022-1/").querySelector(".series");
  expect(box?.querySelector("p")?.text).toBe("Part 2 of 2 in First Steps");
  expect(box?.querySelector("p a")?.getAttribute("href")).toBe("/series/first-steps/");
});

test("lists all pages of lists, tags and series in the sitemap, and the series for language models", async () => {
  const sitemap = await readFile(path.join(output, "sitemap.xml"), "utf8");
  const urls = ["/posts/", "/posts/page/3/", "/tags/kafka/", "/tags/kafka/page/2/", "/series/", "/series/first-steps/"];
  for (const url of urls) expect.soft(sitemap).toContain(`<loc>${siteUrl}${url}</loc>`);
  const llms = await readFile(path.join(output, "llms.txt"), "utf8");
  expect(llms).toContain(`- [First Steps](${siteUrl}/series/first-steps/): Post 2 of 2022; Post 1 of 2022`);
});

test("has no dead link and no dead anchor between these pages", async () => {
  const built = await readOutput(root, path.relative(root, output));
  const doors = ["/api/*", "/newsletter/*"];
  const problems = built && (await outputProblems(built, { doors, redirectFor: () => undefined }));
  expect(problems).toEqual([]);
});
