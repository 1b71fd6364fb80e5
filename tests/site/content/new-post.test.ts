import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { frontMatterReference } from "../../../site/content/front-matter-reference.ts";
import { newPost } from "../../../site/content/new-post.ts";
import { root } from "../../setup/site.ts";
import { reportOf } from "../site-in-a-folder.ts";

test.each([
  ["Größe & Maß: 100 % sicher", "posts/2026-03-14-grosse-mass-100-sicher.md"],
  ["C++ / Rust?", "posts/2026-03-14-c-rust.md"],
  ["日本語", "posts/2026-03-14-untitled.md"],
  ["null", "posts/2026-03-14-null.md"],
  ['A "quoted": title # 1', "posts/2026-03-14-a-quoted-title-1.md"],
])("begins a post titled %j that is good as it stands, with its title unharmed", async (title, file) => {
  const post = newPost({ title, day: "2026-03-14", part: 1, isFolder: false });
  expect(post.file).toBe(file);
  expect(await reportOf({ [post.file]: post.text })).toBe("");
  const { parse } = await import("yaml");
  expect(parse(post.text.split("---\n")[1] ?? "")).toMatchObject({
    title,
    published: "2026-03-14",
    draft: true,
  });
});

test("begins a part of a series in a folder of its own", async () => {
  const post = newPost({ title: "Two", day: "2026-03-14", series: "Twice", part: 1, isFolder: true });
  expect(post.file).toBe("posts/2026-03-14-two/index.md");
  expect(await reportOf({ [post.file]: post.text })).toBe("");
});

test("has every key of the front matter in the manual, as the schema describes it", async () => {
  const manual = await readFile(path.join(root, "docs/writing.md"), "utf8");
  expect(manual.split("<!-- reference -->")[1]?.split("<!-- /reference -->")[0]?.trim()).toBe(frontMatterReference());
});
