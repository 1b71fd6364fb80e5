/** Which articles are shown as like another, and why. */
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import type { Blog, Post } from "../../../site/content/blog.ts";
import { renderArticle } from "../../../site/markdown/render.ts";
import { relatedPosts } from "../../../site/publish/related.ts";

test("prefers what shares rare words and tags, and says which", () => {
  const blog = blogOf([
    post("barriers", "checkpoint barrier barrier checkpoint alignment alignment", { tags: ["flink"] }),
    post("alignment", "barrier barrier alignment alignment checkpoint checkpoint"),
    post("tea", "kettle kettle water water leaves leaves"),
    post("pots", "kettle kettle water water clay clay"),
    post("job", "interview interview salary salary"),
    post("windows", "window window watermark watermark", { tags: ["flink"] }),
    post("nothing", "solitude solitude"),
  ]);
  expect(shown(blog, "barriers")).toEqual([
    ["alignment", "also has much of alignment, barrier, checkpoint"],
    ["windows", "also about flink"],
  ]);
  expect(shown(blog, "tea")).toEqual([["pots", "also has much of kettle, water"]]);
  expect(shown(blog, "nothing")).toEqual([]);
});

test("shows at most three, and leaves the parts of a series to the series", () => {
  const others = ["b", "c", "d", "e"].map((slug) => post(slug, "offset offset commit commit", { tags: ["kafka"] }));
  const filler = Array.from({ length: 20 }, (_, n) => post(`f${n}`, `word${n} word${n}`));
  const series = { name: "Log", part: 1 };
  const blog = blogOf([
    post("a", "offset offset commit commit", { tags: ["kafka"], series }),
    post("a2", "offset offset commit commit", { tags: ["kafka"], series: { ...series, part: 2 } }),
    ...others,
    ...filler,
  ]);
  expect(shown(blog, "a").map(([slug]) => slug)).toEqual(["b", "c", "d"]);
});

test("is the same whatever else was asked before, and works for one article and for none", () => {
  expect(relatedPosts(blogOf([])).size).toBe(0);
  const alone = blogOf([post("a", "offset offset")]);
  expect(shown(alone, "a")).toEqual([]);
});

function shown(blog: Blog, slug: string): readonly (readonly [string, string])[] {
  const from = blog.listed.find((one) => one.slug === slug);
  return (from && relatedPosts(blog).get(from))?.map((one) => [one.post.slug, one.reason] as const) ?? [];
}

function blogOf(listed: readonly Post[]): Blog {
  return { listed } as unknown as Blog;
}

function post(slug: string, text: string, front: Partial<Pick<Post, "tags" | "series">> = {}): Post {
  const published = DateTime.fromISO("2026-01-01", { zone: "UTC" });
  return { slug, tags: [], published, article: renderArticle(text), ...front } as unknown as Post;
}
