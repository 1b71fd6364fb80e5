import { expect, test } from "vitest";
import { post, reportOf } from "../site-in-a-folder.ts";

const file = "posts/2026-03-14-quiet.md";

const cases: readonly [
  title: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  lines: readonly string[],
][] = [
  [
    "names an unknown key and the one that was meant",
    { [file]: post({ titel: "x" }) },
    [`${file}:5:1 error unknown key "titel"; did you mean "title"?`],
  ],
  [
    "names a missing key at the front matter",
    { [file]: "---\ntitle: x\npublished: 2026-03-14\n---\n" },
    [`${file}:2:1 error "description" is missing`],
  ],
  [
    "refuses a date that does not exist",
    { [file]: post({ published: "2026-02-30" }) },
    [`${file}:4:12 error "published" is no date that exists: 2026-02-30`],
  ],
  [
    "refuses a date that is no date",
    { [file]: post({ published: "soon" }) },
    [`${file}:4:12 error "published" must be a date such as 2026-03-14 or 2026-03-14T09:00`],
  ],
  [
    "refuses a change before publication",
    { [file]: post({ updated: "2026-03-13" }) },
    [`${file}:5:10 error "updated" is before "published"`],
  ],
  [
    "refuses a file without front matter",
    { [file]: "# Hello\n" },
    [`${file}:1:1 error the post has no front matter; begin the file with "---", the front matter, and "---"`],
  ],
  [
    "refuses an empty file",
    { [file]: "" },
    [`${file}:1:1 error the post has no front matter; begin the file with "---", the front matter, and "---"`],
  ],
  [
    "points at a doubled key",
    { [file]: post({ tags: "[a]" }).replace("---\nText", "tags: [b]\n---\nText") },
    [`${file}:6:1 error the key stands twice`],
  ],
  [
    "points at a tag in capitals",
    { [file]: post({ tags: "[kafka, Flink]" }) },
    [`${file}:5:15 error "tags.1" must be lower-case words joined by "-"`],
  ],
  [
    "points at an unknown language of a code block",
    { [file]: post({}, "Text.\n\n```typscript\nx\n```\n") },
    [`${file}:8:4 error unknown language "typscript"; did you mean "typescript"?`],
  ],
  [
    "points at an unknown container",
    { [file]: post({}, "::: detials x\n:::\n") },
    [`${file}:6:1 error unknown container "detials"; did you mean "details"?`],
  ],
  [
    "points at a first-level heading in the body",
    { [file]: post({}, "# Title\n") },
    [`${file}:6:1 error a first-level heading stands in the body; the title is the page's only one; begin with "##"`],
  ],
  ["refuses a part without a series", { [file]: post({ part: "2" }) }, [`${file}:5:7 error "part" needs "series"`]],
  [
    "refuses two posts with one address",
    { [file]: post(), "posts/2026-04-01-quiet.md": post() },
    [
      "posts/2026-04-01-quiet.md:1:1 error the address /posts/quiet/ is taken by posts/2026-03-14-quiet.md; rename one of the two files",
    ],
  ],
  [
    "refuses a file name that cannot be an address",
    { "posts/Ünder Score.md": post() },
    ['posts/Ünder Score.md:1:1 error "Ünder Score" cannot be an address; name it 2026-03-14-lower-case-words.md'],
  ],
  [
    "refuses a file that is not UTF-8",
    { [file]: Uint8Array.of(0x2d, 0xff, 0xfe) },
    [`${file}:1:1 error the file is not valid UTF-8`],
  ],
  [
    "refuses a folder without a post",
    { "posts/2026-03-14-quiet/notes.txt": "x" },
    ["posts/2026-03-14-quiet/index.md:1:1 error the file is missing"],
  ],
  [
    "points at JSON that does not parse",
    { "_data/site.json": '{\n  "title": "x",\n}' },
    ["_data/site.json:3:1 error not valid JSON, a property name is expected"],
  ],
  [
    "points at an unknown key of a data file",
    { "_data/projects.json": '[\n  { "key": "a", "title": "A", "sumary": "x" }\n]' },
    [
      '_data/projects.json:2:3 error "summary" is missing',
      '_data/projects.json:2:31 error unknown key "sumary"; did you mean "summary"?',
    ],
  ],
];

test.each(cases)("%s", async (_title, files, lines) => {
  const report = await reportOf(files);
  // All but the count, which is the last line.
  const told = report.split("\n").filter(Boolean).slice(0, -1);
  expect(told.sort()).toEqual([...lines].sort());
});

test("tells every mistake of every file in one report, with a count", async () => {
  const report = await reportOf({
    [file]: post({ titel: "x", published: "2026-02-30" }),
    "_data/site.json": "{}",
    "posts/x.md": "",
  });
  expect(report).toContain("posts/2026-03-14-quiet.md:5:1");
  expect(report).toContain("_data/site.json:1:1");
  expect(report).toMatch(/\n\n\d+ errors in 3 files$/);
});

test("keeps its lines right behind a byte-order mark and Windows line ends", async () => {
  const text = `\uFEFF${post({ titel: "x" }).replaceAll("\n", "\r\n")}`;
  expect(await reportOf({ [file]: text })).toContain(`${file}:5:1 error unknown key "titel"`);
});

test("has nothing to say about a good post", async () => {
  expect(await reportOf({ [file]: post({ tags: "[kafka]", updated: "2026-03-15" }) })).toBe("");
});
