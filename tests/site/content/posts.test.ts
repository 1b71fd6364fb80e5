import { expect, test } from "vitest";
import { parseDate, toIso } from "../../../site/content/dates.ts";
import { loadBlog } from "../../../site/content/load.ts";
import { seriesOf } from "../../../site/content/series.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

test("takes the address of a post from its file name without the date", async () => {
  const root = await siteInAFolder({
    "posts/2026-03-14-quiet.md": post(),
    "posts/plain.md": post(),
    "posts/2026-03-15-folder/index.md": post(),
  });
  const { posts } = await loadBlog(root);
  expect(posts.map(({ url }) => url).sort()).toEqual(["/posts/folder/", "/posts/plain/", "/posts/quiet/"]);
});

test("orders posts newest first and groups them by tag, the largest tag first", async () => {
  const root = await siteInAFolder({
    "posts/a.md": post({ published: "2026-01-01", tags: "[kafka, flink]" }),
    "posts/b.md": post({ published: "2026-02-01", tags: "[kafka]" }),
  });
  const { posts, tags } = await loadBlog(root);
  expect(posts.map(({ slug }) => slug)).toEqual(["b", "a"]);
  expect(tags.map(({ name, posts }) => [name, posts.length])).toEqual([
    ["kafka", 2],
    ["flink", 1],
  ]);
});

test("leaves drafts and future posts out of what the public sees, and nothing out of the preview", async () => {
  const root = await siteInAFolder({
    "posts/now.md": post({ published: "2026-01-01" }),
    "posts/draft.md": post({ draft: "true" }),
    "posts/future.md": post({ published: "2026-06-01T08:00" }),
  });
  const asOf = new Date("2026-06-01T07:59:59Z");
  expect((await loadBlog(root, { asOf })).posts.map(({ slug }) => slug)).toEqual(["now"]);
  expect((await loadBlog(root, { asOf: new Date("2026-06-01T08:00:00Z") })).posts).toHaveLength(2);
  expect((await loadBlog(root)).posts).toHaveLength(3);
});

test("lists the parts of a series in their order, whatever their dates", async () => {
  const root = await siteInAFolder({
    "posts/second.md": post({ series: "Twice", part: "2", published: "2026-01-01" }),
    "posts/first.md": post({ series: "Twice", part: "1", published: "2026-02-01" }),
    "posts/alone.md": post(),
  });
  const blog = await loadBlog(root);
  const [first] = blog.posts.filter(({ slug }) => slug === "first");
  expect(first && seriesOf(blog, first)?.parts.map(({ slug }) => slug)).toEqual(["first", "second"]);
});

test.each([
  ["2026-03-14", "Europe/Berlin", "2026-03-14T00:00:00+01:00"],
  ["2026-07-14", "Europe/Berlin", "2026-07-14T00:00:00+02:00"],
  ["2026-03-14T09:30", "America/New_York", "2026-03-14T09:30:00-04:00"],
  ["2026-03-14T09:30:00Z", "Asia/Tokyo", "2026-03-14T18:30:00+09:00"],
])("reads %s in %s as %s", (text, zone, iso) => {
  const date = parseDate(text, zone);
  expect(date && toIso(date)).toBe(iso);
});

test.each(["2026-02-30", "2026-13-01", "14.3.2026", "2026-03-14 09:00", "", "2026-03-14T25:00"])(
  "does not read %j as a date",
  (text) => {
    expect(parseDate(text, "UTC")).toBeUndefined();
  },
);

test("sets quotation marks as the language of the post has them, and else as that of the site", async () => {
  const root = await siteInAFolder({
    "posts/a.md": post({}, '"Text"\n'),
    "posts/b.md": post({ language: "de" }, '"Text"\n'),
  });
  const { posts } = await loadBlog(root);
  const markup = Object.fromEntries(posts.map(({ slug, article }) => [slug, article.html.markup]));
  expect(markup).toEqual({ a: "<p>“Text”</p>\n", b: "<p>„Text“</p>\n" });
});
