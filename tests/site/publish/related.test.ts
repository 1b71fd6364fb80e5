/** Which articles are shown as like another, and why. */
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import type { Blog, Post } from "../../../site/content/blog.ts";
import { technologySlug } from "../../../site/content/technologies.ts";
import { renderArticle } from "../../../site/markdown/render.ts";
import { relatedPosts } from "../../../site/publish/related.ts";

test("prefers what shares rare words and tags, and says which", () => {
  const blog = blogOf([
    post("barriers", "## Barrier alignment\n\ncheckpoint barrier barrier `checkpoint` alignment", { tags: ["flink"] }),
    post("alignment", "## Alignment\n\n`barrier` barrier alignment `checkpoint` checkpoint"),
    post("tea", "The `kettle`. kettle `water` water leaves leaves"),
    post("pots", "The `kettle`. kettle `water` water clay clay"),
    post("job", "interview interview salary salary"),
    post("windows", "window window watermark watermark", { tags: ["flink"] }),
    post("nothing", "solitude solitude"),
  ]);
  expect(shown(blog, "barriers")).toEqual([
    ["alignment", "also has much of barrier, alignment, checkpoint"],
    ["windows", "also about flink"],
  ]);
  expect(shown(blog, "tea")).toEqual([["pots", "also has much of kettle, water"]]);
  expect(shown(blog, "nothing")).toEqual([]);
});

test("shows nothing where two texts share words that name nothing: none of a title, a heading or a code span", () => {
  const blog = blogOf([
    post("a", "still still minutes minutes because because"),
    post("b", "still still minutes minutes because because"),
    post("c", "something something else else"),
  ]);
  expect(shown(blog, "a")).toEqual([]);
});

test.each([
  ["en", "`the` the `with` with `because` because"],
  ["de", "`und` und `nicht` nicht `über` über"],
  ["fr-CA", "`avec` avec `dans` dans `même` même"],
])("counts no words that say nothing, in %s", (language, text) => {
  expect(renderArticle(text, { language }).terms).toEqual([]);
  expect(renderArticle(text, { language: "tlh" }).terms.length).toBeGreaterThan(1);
});

test("relates by technologies: by their tags under their names, and less by what the text names again and again", () => {
  const blog = blogOf(
    [
      post("streams", "one two", { tags: ["apache-kafka", "delta-lake"] }),
      post("queues", "three four", { tags: ["apache-kafka"] }),
      post("lakes", "## Why Delta Lake\n\nfive"),
      post("jobs", "Flink, Flink and Flink `offset` offset `commit` commit"),
      post("windows", "Flink here, Flink there, Flink `offset` offset `commit` commit"),
      post("once", "Flink once", { tags: ["flink"] }),
      ...["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((slug) => post(slug, `word${slug} word${slug}`)),
    ],
    ["Apache Kafka", "Delta Lake", "Flink"],
  );
  expect(shown(blog, "streams")).toEqual([
    ["queues", "also about Apache Kafka"],
    ["lakes", "also mentions Delta Lake"],
  ]);
  expect(shown(blog, "jobs")).toEqual([["windows", "also mentions Flink"]]);
});

test("shows at most three, and leaves the parts of a series to the series", () => {
  const others = ["b", "c", "d", "e"].map((slug) => post(slug, "`offset` offset `commit` commit", { tags: ["kafka"] }));
  const filler = Array.from({ length: 20 }, (_, n) => post(`f${n}`, `word${n} word${n}`));
  const series = { name: "Log", part: 1 };
  const blog = blogOf([
    post("a", "`offset` offset `commit` commit", { tags: ["kafka"], series }),
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

function blogOf(listed: readonly Post[], technologies: readonly string[] = []): Blog {
  const named = technologies.map((name) => ({ name, slug: technologySlug(name) }));
  return { listed, technologies: named } as unknown as Blog;
}

function post(slug: string, text: string, front: Partial<Pick<Post, "tags" | "series">> = {}): Post {
  const published = DateTime.fromISO("2026-01-01", { zone: "UTC" });
  return { slug, title: slug, tags: [], published, article: renderArticle(text), ...front } as unknown as Post;
}
