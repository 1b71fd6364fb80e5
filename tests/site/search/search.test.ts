/** The search without a browser: words, the text of the index, and what a question finds. */
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import type { Blog, Post } from "../../../site/content/blog.ts";
import { groupByTag } from "../../../site/content/blog.ts";
import { renderArticle } from "../../../site/markdown/render.ts";
import { searchFiles } from "../../../site/publish/search-index.ts";
import { excerpt } from "../../../site/search/excerpt.ts";
import {
  filesBetween,
  firstRecent,
  headingsPerFile,
  indexPath,
  readHeadings,
  readWords,
  writeHeadings,
  writeWords,
} from "../../../site/search/files.ts";
import { distanceBetween } from "../../../site/search/near.ts";
import { decodePostings, encodePostings } from "../../../site/search/postings.ts";
import { openIndex } from "../../../site/search/query.ts";
import { wordsIn, wordTextsIn } from "../../../site/search/words.ts";

describe("words", () => {
  test.each([
    ["Exactly-once, twice", ["exactly", "once", "twice"]],
    ["Größe und Café", ["grosse", "und", "cafe"]],
    ["initTransactions()", ["inittransactions", "init", "transactions"]],
    ["read_uncommitted", ["read", "uncommitted"]],
    ["HTTPServer2", ["httpserver2", "http", "server2"]],
    ["日本語", ["日本", "本語"]],
    ["— … !", []],
  ])("of %j", (text, expected) => {
    expect(wordsIn(text).map(({ word }) => word)).toEqual(expected);
  });

  test("stand where they say", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        for (const { start, end } of wordsIn(text)) expect(end > start && end <= text.length).toBe(true);
      }),
    );
  });

  test("are the same without their places", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."aB1é.ßж日- ") }), (text) => {
        expect(wordTextsIn(text)).toEqual(wordsIn(text).map(({ word }) => word));
      }),
    );
  });
});

describe("the text of the index", () => {
  test("keeps every posting", () => {
    const posts = fc.uniqueArray(fc.nat(20_000)).map((numbers) => numbers.sort((a, b) => a - b));
    fc.assert(
      fc.property(posts, fc.integer({ min: 1, max: 8 }), (numbers, weight) => {
        const postings = numbers.map((post, at) => ({ post, weight: ((weight + at) % 8) + 1 }));
        expect(decodePostings(encodePostings(postings))).toEqual(postings);
      }),
    );
  });

  test("keeps every word", () => {
    const words = fc.uniqueArray(fc.stringMatching(/^[a-z0-9ж]{1,32}$/)).map((list) => list.sort());
    fc.assert(
      fc.property(words, (list) => {
        const read = readWords(
          "v",
          writeWords(
            "v",
            list.map((word) => [word, "0"]),
          ),
        );
        expect([...(read?.keys() ?? [])]).toEqual(list);
      }),
    );
  });

  test("keeps every heading, and the slug that follows from a title takes no room", () => {
    const one = fc.record({
      title: fc
        .oneof(fc.lorem({ maxCount: 4 }), fc.string({ unit: "grapheme", minLength: 1 }))
        .map((title) => title.replace(/\s+/g, " ")),
      slug: fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/),
      date: fc
        .date({ min: new Date("1995-01-01"), max: new Date("2099-01-01"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), (headings) => {
        expect(readHeadings(writeHeadings(headings))).toEqual(headings);
      }),
    );
    const plain = { title: "Kafka, from inside", slug: "kafka-from-inside", date: "2026-01-02" };
    expect(writeHeadings([plain, { ...plain, slug: "kafka-from-inside-2", date: "2026-02-01" }])).toBe(
      "Kafka, from inside\tfs7\nKafka, from inside\tu\t*-2",
    );
  });

  test("leaves the files of older headings as they are when posts are added", () => {
    expect([0, 999, 1_000, 1_127].map(firstRecent)).toEqual([0, 0, 0, 0]);
    for (const posts of [1_128, 1_300, 5_000]) {
      expect(firstRecent(posts) % headingsPerFile).toBe(0);
      expect(posts - firstRecent(posts)).toBeGreaterThanOrEqual(1_000);
      expect(posts - firstRecent(posts)).toBeLessThan(1_000 + headingsPerFile);
    }
  });

  test("is not read when it comes from another deploy", () => {
    expect(readWords("new", writeWords("old", [["kafka", "0"]]))).toBeUndefined();
  });

  test("leads to every file in which a beginning can stand", () => {
    const files = ["1", "ka", "kafka", "offset"];
    expect(filesBetween(files, "kaf", "kaf")).toEqual([1, 2]);
    expect(filesBetween(files, "zebra", "zebra")).toEqual([3]);
    expect(filesBetween(files, "0", "0")).toEqual([]);
    expect(filesBetween([], "kafka", "kafka")).toEqual([]);
  });
});

test.each([
  ["kafka", "kafka", 0],
  ["kafak", "kafka", 1],
  ["kfka", "kafka", 1],
  ["kafkaa", "kafka", 1],
  ["flink", "blank", 2],
])("%s and %s differ by %i", (a, b, distance) => {
  expect(distanceBetween(a, b, 3)).toBe(distance);
});

describe("a question", () => {
  test("finds the post that is most about it first", async () => {
    const answer = await ask("kafka");
    expect(answer.titles).toEqual(["Kafka from inside", "Queues"]);
  });

  test("wants all of its words, when one post has them all", async () => {
    expect((await ask("kafka replay")).titles).toEqual(["Queues"]);
    expect((await ask("kafka tea")).titles).toHaveLength(3);
  });

  test("is answered while its last word is being typed, and in the plural", async () => {
    expect((await ask("kaf")).titles).toContain("Kafka from inside");
    expect((await ask("kettles")).titles).toEqual(["Tea"]);
  });

  test("has a first answer from titles and tags without waiting: words, beginnings, plurals, filters", async () => {
    const glance = await openGlance();
    expect(glance("kaf")).toEqual(["Kafka from inside"]);
    expect(glance("kitch")).toEqual(["Tea"]);
    expect(glance("queue")).toEqual(["Queues"]);
    expect(glance("kafka inside")).toEqual(["Kafka from inside"]);
    expect(glance("nside")).toEqual([]);
    expect(glance("kafka replay")).toEqual([]);
    expect(glance("kafka", { year: 2024 })).toEqual([]);
  });

  test("finds in full what its first answer showed", async () => {
    const glance = await openGlance();
    for (const text of ["k", "ka", "kafka", "te", "qu", "inside"])
      expect((await ask(text)).titles).toEqual(expect.arrayContaining(glance(text)));
  });

  test("finds headings of old posts, which are in files of their own", async () => {
    const many = Array.from({ length: 1_200 }, (_, n) =>
      post(`Post ${n}`, "2020-01-01", [], n === 3 ? "rare" : "usual"),
    );
    const files = new Map(searchFiles({ listed: many.toReversed(), tags: [] } as unknown as Blog));
    const index = await openIndex(async (name) => files.get(indexPath + name) ?? Promise.reject(new Error(name)));
    const { hits } = await index.search({ text: "rare" });
    expect(await Promise.all(hits.map(async (hit) => (await index.heading(hit.post)).slug))).toEqual(["post-3"]);
    await expect(index.heading(1_200)).rejects.toThrow(RangeError);
    expect((await index.heading(1_199)).title).toBe("Post 1199");
  });

  test("forgives a slip, and says what it found instead", async () => {
    const answer = await ask("kafak");
    expect(answer.titles).toContain("Kafka from inside");
    expect(answer.instead).toEqual([["kafak", "kafka"]]);
  });

  test("can be narrowed to a tag and to a year", async () => {
    expect((await ask("water", { tag: "kitchen" })).titles).toEqual(["Tea"]);
    expect((await ask("kafka", { year: 2024 })).titles).toEqual(["Queues"]);
    expect((await ask("kafka", { tag: "no such tag" })).titles).toEqual([]);
  });

  test("finds words in code, in names of several words, and without accents", async () => {
    expect((await ask("commitSync")).titles).toEqual(["Kafka from inside"]);
    expect((await ask("sync")).titles).toEqual(["Kafka from inside"]);
    expect((await ask("creme")).titles).toEqual(["Tea"]);
  });

  test.each(["", "   ", "???", "\u0000", "a".repeat(10_000), "<script>", "__proto__", "constructor"])(
    "of %j finds nothing, and nothing breaks",
    async (text) => {
      expect((await ask(text)).titles).toEqual([]);
    },
  );

  test("asks again for a file that did not come", async () => {
    const files = new Map(searchFiles(blog()));
    let fails = true;
    const index = await openIndex(async (name) => {
      if (name !== "root.json" && fails) throw new Error("offline");
      return files.get(indexPath + name) ?? "";
    });
    await expect(index.search({ text: "kafka" })).rejects.toThrow("offline");
    fails = false;
    expect((await index.search({ text: "kafka" })).hits).toHaveLength(2);
  });
});

describe("an excerpt", () => {
  test("shows the place where most of the words stand, and marks them", () => {
    const text = `${"Tea is nice. ".repeat(40)}The kafka broker keeps offsets. ${"Nothing more. ".repeat(40)}`;
    const pieces = excerpt(text, ["kafka", "offset", "tea"]);
    expect(pieces.map((piece) => piece.text).join("")).toContain("The kafka broker keeps offsets.");
    expect(pieces.filter(({ isMarked }) => isMarked).map((piece) => piece.text)).toEqual(
      expect.arrayContaining(["kafka", "offsets"]),
    );
  });

  test("is text of the article, whatever is asked", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), fc.lorem({ maxCount: 2 }), (text, question) => {
        const words = wordsIn(question).map(({ word }) => word);
        const joined = excerpt(text, words)
          .map((piece) => piece.text)
          .join("")
          .replace(/^… | …$/g, "");
        expect(text).toContain(joined);
      }),
    );
  });

  test("is empty when the words are elsewhere", () => {
    expect(excerpt("Tea and water.", ["kafka"])).toEqual([]);
  });
});

async function openGlance() {
  const files = new Map(searchFiles(blog()));
  const index = await openIndex(async (name) => files.get(indexPath + name) ?? "");
  const titles = blog()
    .listed.toReversed()
    .map(({ title }) => title);
  return (text: string, narrowed: { readonly year?: number } = {}) =>
    index.glance({ text, ...narrowed }).hits.map(({ post }) => titles[post]);
}

async function ask(text: string, narrowed: { readonly tag?: string; readonly year?: number } = {}) {
  const files = new Map(searchFiles(blog()));
  const index = await openIndex(
    async (name) => files.get(indexPath + name) ?? Promise.reject(new Error(`no file ${name}`)),
  );
  const { hits, instead } = await index.search({ text, ...narrowed });
  const titles = await Promise.all(hits.map(async ({ post }) => (await index.heading(post)).title));
  return { titles, instead };
}

function blog(): Blog {
  const posts = [
    post("Tea", "2026-03-01", ["kitchen"], "Put water into the kettle. A *crème* is for later."),
    post(
      "Kafka from inside",
      "2025-02-01",
      ["kafka"],
      "Kafka is a log, and water flows.\n\n```java\nconsumer.commitSync();\n```",
    ),
    post("Queues", "2024-01-01", ["queues"], "Some are kafka, some are not. All of them replay."),
  ];
  return { listed: posts, tags: groupByTag(posts) } as unknown as Blog;
}

function post(title: string, day: string, tags: readonly string[], markdown: string): Post {
  const published = DateTime.fromISO(day, { zone: "UTC" });
  const slug = title.toLowerCase().replaceAll(" ", "-");
  const url = `/posts/${slug}/`;
  const description = `About ${title}`.slice(0, 6);
  return { title, slug, url, tags, published, description, article: renderArticle(markdown) } as unknown as Post;
}
