/** Mistakes that show only when several files, or the text and its files, are held together. */
import { expect, test } from "vitest";
import { post, reportOf } from "../site-in-a-folder.ts";

const file = "posts/2026-03-14-quiet.md";
const other = "posts/2026-03-15-other.md";
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

type Files = Readonly<Record<string, string | Uint8Array>>;

const cases: readonly [title: string, files: Files, lines: readonly string[]][] = [
  [
    "a link to a post that does not exist",
    { [file]: post({}, "See [it](/posts/othre/) and [that](/posts/other/).\n"), [other]: post() },
    [`${file}:6:10 error there is no post "othre"; did you mean /posts/other/?`],
  ],
  [
    "the second of two links of one paragraph, at its own place",
    { [file]: post({}, "[a](/posts/other/) b\n[c](/posts/none/)\n"), [other]: post() },
    [`${file}:7:5 error there is no post "none"`],
  ],
  [
    "a link to a section that does not exist",
    { [file]: post({}, "[it](/posts/other/#the-way)\n"), [other]: post({}, "## The ways\n") },
    [`${file}:6:6 error there is no "#the-way" in ${other}; did you mean "#the-ways"?`],
  ],
  [
    "a link within the post to nowhere",
    { [file]: post({}, "[it](#nowhere)\n") },
    [`${file}:6:6 error there is no "#nowhere" in ${file}`],
  ],
  [
    "a link to a file that is not in the post's folder",
    { "posts/folder/index.md": post({}, "[script](run.ts) [data](data.csv)\n"), "posts/folder/run.ts": "" },
    ["posts/folder/index.md:6:25 error there is no file posts/folder/data.csv"],
  ],
  [
    "a link that names the site itself",
    { [file]: post({}, "[home](https://example.com/posts/?a=1#b)\n") },
    [`${file}:6:8 error the link names the site itself; write /posts/?a=1#b`],
  ],
  [
    "a picture without text for those who cannot see it",
    { "posts/folder/index.md": post({}, "![](a.png)\n"), "posts/folder/a.png": pixel },
    [
      "posts/folder/index.md:6:5 error the picture has no text for those who cannot see it; say between the brackets what it shows",
    ],
  ],
  [
    "a picture that is not there",
    { "posts/folder/index.md": post({ image: "b.png", imageAlt: "B" }, "![A](a.png)\n") },
    [
      "posts/folder/index.md:5:8 error there is no picture posts/folder/b.png",
      "posts/folder/index.md:8:6 error there is no picture posts/folder/a.png",
    ],
  ],
  [
    "a preview without its text",
    { "posts/f/index.md": post({ image: "a.png" }), "posts/f/a.png": pixel },
    ['posts/f/index.md:5:8 error "image" needs "imageAlt", which says what it shows'],
  ],
  [
    "a heading level that is skipped",
    { [file]: post({}, "## A\n\n#### B\n") },
    [`${file}:8:1 error a heading of level 4 follows one of level 2; write "###"`],
  ],
  [
    "a container that is never closed",
    { [file]: post({}, "Text.\n\n::: aside\nMore.\n") },
    [`${file}:8:1 error the container is never closed; close it with a line ":::"`],
  ],
  [
    "a footnote without a definition",
    { [file]: post({}, "One[^1] and two[^2].\n\n[^1]: Note.\n") },
    [`${file}:6:16 error the footnote [^2] has no definition; add a line "[^2]: …"`],
  ],
  [
    "an option that a code block does not have",
    { [file]: post({}, '```js titel="x"\n1\n```\n') },
    [`${file}:6:7 error unknown option "titel"; did you mean "title"?`],
  ],
  [
    "an alias that is the post's own address",
    { [file]: post({ aliases: "[/old/, /posts/quiet]" }) },
    [`${file}:5:18 error "/posts/quiet" is the post's own address, or stands twice`],
  ],
  [
    "an alias that another post has",
    { [file]: post({ aliases: "[/old/]" }), [other]: post({ aliases: "[/old]" }) },
    [`${other}:5:11 error the address /old is taken by ${file}`],
  ],
  [
    "a series with a gap",
    { [file]: post({ series: "S", part: "1" }), [other]: post({ series: "S", part: "3" }) },
    [`${other}:6:7 error part 3 of "S" has no part 2 before it`],
  ],
  [
    "a part that stands twice",
    { [file]: post({ series: "S", part: "1" }), [other]: post({ series: "S", part: "1" }) },
    [`${other}:6:7 error part 1 of "S" is ${file} already`],
  ],
  [
    "a series written two ways",
    { [file]: post({ series: "Two Pipes", part: "1" }), [other]: post({ series: "two pipes", part: "2" }) },
    [`${other}:5:9 error the series "two pipes" is written "Two Pipes" in ${file}; both would be /series/two-pipes/`],
  ],
  [
    "a series mistyped",
    { [file]: post({ series: "Two Pipes", part: "1" }), [other]: post({ series: "Two Pips", part: "2" }) },
    [`${other}:6:7 error part 2 of "Two Pips" has no part 1 before it; did you mean the series "Two Pipes"?`],
  ],
  [
    "a tag written two ways",
    { [file]: post({ tags: "[open-source]" }), [other]: post({ tags: "[opensource]" }) },
    [`${other}:5:8 error the tag "opensource" is written "open-source" elsewhere`],
  ],
  [
    "a correction at a day that does not exist",
    { [file]: post({ corrections: "[{ date: 2026-02-30, text: x }]" }) },
    [`${file}:5:23 error "corrections.0.date" is no date that exists: 2026-02-30`],
  ],
  ["a description that search engines cut", { [file]: post({ description: "Short." }) }, []],
  [
    "a reference to a job that does not exist",
    {
      "_data/projects.json": '[{ "key": "a", "title": "A", "summary": "B", "experience": "jpmorgen" }]',
      "_data/case-studies.json": "[]",
    },
    ['_data/projects.json:1:60 error there is no experience "jpmorgen"; did you mean "jpmorgan"?'],
  ],
  [
    "a job that ends before it begins",
    {
      "_data/experience.json": '[{ "key": "a", "summary": "B", "from": "2021", "to": "2019" }]',
      "_data/projects.json": "[]",
      "_data/case-studies.json": "[]",
    },
    ['_data/experience.json:1:54 error "to" (2019) is before "from" (2021)'],
  ],
  [
    "a technology written two ways",
    {
      "_data/experience.json": '[{ "key": "a", "summary": "B", "technologies": ["Kafka", "kafka"] }]',
      "_data/projects.json": "[]",
      "_data/case-studies.json": "[]",
    },
    ['_data/experience.json:1:58 error "kafka" is written "Kafka" elsewhere; write it one way everywhere'],
  ],
];

test.each(cases)("tells the author of %s", async (_title, files, lines) => {
  const told = (await reportOf(files)).split("\n").filter(Boolean).slice(0, -1);
  expect(told.sort()).toEqual([...lines].sort());
});
