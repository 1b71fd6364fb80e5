/** Numbers that changed, and technologies that tie works, talks and posts together. */
import { expect, test } from "vitest";
import { loadBlog } from "../../../site/content/load.ts";
import { changeOf } from "../../../site/content/metrics.ts";
import { technologySlug } from "../../../site/content/technologies.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

test.each([
  [100, 60, "−40 %"],
  [50, 75, "+50 %"],
  [200, 0, "−100 %"],
  [0, 5, undefined],
  ["4 hours", "seconds", undefined],
])("from %s to %s is %s", (before, after, change) => {
  expect(changeOf({ label: "Cost", before, after, confidential: false })).toBe(change);
});

test.each([
  ["Kafka", "kafka"],
  ["Delta Lake", "delta-lake"],
  ["C++", "c-plus-plus"],
  ["C#", "c-sharp"],
])("%s is %s in addresses and tags", (name, slug) => {
  expect(technologySlug(name)).toBe(slug);
});

test("knows from one technology the jobs, projects, case studies, talks and posts that have to do with it", async () => {
  const folder = await siteInAFolder({
    "_data/technologies.json": '[{ "name": "Apache Kafka" }, { "name": "Flink" }]',
    "_data/experience.json": '[{ "key": "job", "summary": "S", "technologies": ["Apache Kafka"] }]',
    "_data/projects.json": '[{ "key": "p", "title": "P", "summary": "S", "technologies": ["Apache Kafka"] }]',
    "_data/case-studies.json": "[]",
    "_data/achievements.json": '[{ "kind": "talk", "title": "T", "technologies": ["Apache Kafka"] }]',
    "posts/2026-01-01-log.md": post({ tags: "[apache-kafka]" }),
    "posts/2026-01-02-other.md": post({ tags: "[flink]" }),
  });
  const { technologies } = await loadBlog(folder);
  const [kafka, flink] = technologies;
  expect(kafka).toMatchObject({ name: "Apache Kafka", url: "/technologies/apache-kafka/" });
  expect(kafka?.experience.map(({ key }) => key)).toEqual(["job"]);
  expect(kafka?.projects.map(({ key }) => key)).toEqual(["p"]);
  expect(kafka?.achievements.map(({ title }) => title)).toEqual(["T"]);
  expect(kafka?.posts.map(({ slug }) => slug)).toEqual(["log"]);
  expect(flink?.posts.map(({ slug }) => slug)).toEqual(["other"]);
});

test("makes the vocabulary of what is used when there is no file of it", async () => {
  const folder = await siteInAFolder({
    "_data/experience.json": '[{ "key": "job", "summary": "S", "technologies": ["Kafka"] }]',
    "_data/projects.json": "[]",
    "_data/case-studies.json": "[]",
    "_data/achievements.json": "[]",
    "_data/technologies.json": "[]",
  });
  const { rm } = await import("node:fs/promises");
  await rm(`${folder}/_data/technologies.json`);
  expect((await loadBlog(folder)).technologies.map(({ name }) => name)).toEqual(["Kafka"]);
});
