/** What is kept from one run to the next must never show. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LoadedContent, loadContent, readContent } from "../../../site/content/load.ts";
import { DamagedCache } from "../../../site/content/post-cache.ts";
import { root } from "../../setup/site.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), "firstflight-cache-"));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

/** Dates of the library hold helpers of their own; what is written out is what pages are made of. */
function whole({ blog, problems }: LoadedContent): unknown {
  const texts = blog?.posts.map(({ article }) => [article.html.markup, article.plainText(), article.wordCounts()]);
  const content = { blog, problems, texts };
  return JSON.parse(JSON.stringify(content, (_key, value) => (value instanceof Set ? [...value] : value)));
}

/** As if everything had last been of use two hours ago. */
function age(): void {
  const database = new DatabaseSync(path.join(cache, "posts.sqlite"));
  database.exec("UPDATE post SET used = used - 7200000");
  database.close();
}

/** Of the case studies that ship with the repository; they are kept with the posts. */
const diagrams = 1;

function entries(): number {
  const database = new DatabaseSync(path.join(cache, "posts.sqlite"), { readOnly: true });
  const [row] = database.prepare("SELECT count(*) AS entries FROM post").all();
  database.close();
  return Number(row?.["entries"]);
}

test("gives the same blog from the cache as without one", async () => {
  const plain = await loadContent(root);
  const first = await loadContent(root, { cache });
  const second = await loadContent(root, { cache });
  expect(entries()).toBe((plain.blog?.posts.length ?? 0) + diagrams);
  expect(whole(first)).toEqual(whole(plain));
  expect(whole(second)).toEqual(whole(plain));
});

test("tells mistakes and warnings at the same places the second time", async () => {
  const folder = await siteInAFolder({
    "posts/2026-01-01-a.md": post(
      { description: "Short.", tags: "[Kafka]" },
      "Text.\n\n#### Too deep\n\n[x](/posts/no/)\n",
    ),
    "posts/2026-01-02-b.md": post({ titel: "x" }, "Text.\n"),
    "posts/2026-01-03-c.md": "---\ntitle: [\n---\nText.\n",
    "posts/2026-01-04-d.md": "no front matter\n",
  });
  const plain = await loadContent(folder);
  expect(plain.problems.length).toBeGreaterThan(4);
  for (let run = 0; run < 2; run += 1) expect((await loadContent(folder, { cache })).problems).toEqual(plain.problems);
});

test("sees every change of a post", async () => {
  const file = "posts/2026-01-01-a.md";
  const folder = await siteInAFolder({ [file]: post({}, "Before.\n") });
  await loadContent(folder, { cache });
  await writeFile(path.join(folder, file), post({}, "After.\n"));
  const { blog } = await loadContent(folder, { cache });
  expect(blog?.posts[0]?.article.html.markup).toContain("After.");
  await writeFile(path.join(folder, file), post({ title: "Another title" }, "After.\n"));
  expect((await loadContent(folder, { cache })).blog?.posts[0]?.title).toBe("Another title");
});

test("works on with a cache that is damaged, and in a place where none can be", async () => {
  const folder = await siteInAFolder({ "posts/2026-01-01-a.md": post() });
  const plain = await loadContent(folder);
  await writeFile(path.join(cache, "posts.sqlite"), "this is no database");
  expect(whole(await loadContent(folder, { cache }))).toEqual(whole(plain));
  expect(entries()).toBe(1 + diagrams);
  const nowhere = path.join(cache, "posts.sqlite/below-a-file");
  expect(whole(await loadContent(folder, { cache: nowhere }))).toEqual(whole(plain));
});

test.each([
  ["is cut off", "UPDATE post SET parsed = substr(parsed, 1, 40)"],
  ["has another byte", "UPDATE post SET parsed = cast(replace(cast(parsed AS TEXT), 'e', 'a') AS BLOB)"],
  ["is empty", "UPDATE post SET parsed = x''"],
  ["is of another layout", "PRAGMA user_version = 1; ALTER TABLE post DROP COLUMN words"],
])("makes an entry that %s again", async (_what, damage) => {
  const folder = await siteInAFolder({ "posts/2026-01-01-a.md": post() });
  const plain = whole(await loadContent(folder, { cache }));
  const database = new DatabaseSync(path.join(cache, "posts.sqlite"));
  database.exec(damage);
  database.close();
  const mended = await loadContent(folder, { cache });
  expect(whole(mended)).toEqual(plain);
  expect(mended.cacheUse.made).toBe(1 + diagrams);
  expect((await loadContent(folder, { cache })).cacheUse).toMatchObject({ found: 1 + diagrams, made: 0 });
});

test.each([
  ["has lost its markup", "UPDATE post SET html = x''"],
  ["has another letter in its words", "UPDATE post SET words = replace(cast(words AS TEXT), 'e', 'a')"],
  ["is gone", "DELETE FROM post"],
])("says of an entry that %s that it cannot be read, and makes all again in the next run", async (_what, damage) => {
  const folder = await siteInAFolder({ "posts/2026-01-01-a.md": post() });
  const plain = whole(await loadContent(folder, { cache }));
  const loaded = await loadContent(folder, { cache });
  const database = new DatabaseSync(path.join(cache, "posts.sqlite"));
  database.exec(damage);
  database.close();
  expect(() => whole(loaded)).toThrow(DamagedCache);
  const mended = await loadContent(folder, { cache });
  expect(whole(mended)).toEqual(plain);
  expect(mended.cacheUse.made).toBe(1 + diagrams);
});

test("gives the same posts whichever page of the file is damaged, at once or when the next run has dropped it", async () => {
  const words = Array.from({ length: 6_000 }, (_, n) => `word${n}`).join(" ");
  const folder = await siteInAFolder({ "posts/2026-01-01-a.md": post({}, `${words}\n`) });
  const plain = whole(await loadContent(folder, { cache }));
  const file = path.join(cache, "posts.sqlite");
  const good = await readFile(file);
  const pageBytes = 32_768;
  let dropped = 0;
  for (let at = pageBytes; at < good.length; at += pageBytes) {
    await writeFile(file, Buffer.from(good).fill(0xff, at, at + pageBytes));
    const loaded = await loadContent(folder, { cache });
    try {
      expect.soft(whole(loaded), `page at ${at}`).toEqual(plain);
    } catch (error) {
      dropped += 1;
      expect.soft(error, `page at ${at}`).toBeInstanceOf(DamagedCache);
      expect.soft(whole(await loadContent(folder, { cache })), `page at ${at}`).toEqual(plain);
    }
  }
  expect(dropped).toBeGreaterThan(0);
});

test("knows of what it found how long it took to make", async () => {
  const folder = await siteInAFolder({ "posts/2026-01-01-a.md": post(), "posts/2026-01-02-b.md": post() });
  const first = await readContent(folder, { cache });
  expect(first.cacheUse).toEqual({ found: 0, made: 2 + diagrams, savedMs: 0 });
  expect([...first.parseMs.keys()]).toEqual(["posts/2026-01-01-a.md", "posts/2026-01-02-b.md"]);
  const second = await readContent(folder, { cache });
  expect(second.cacheUse).toMatchObject({ found: 2 + diagrams, made: 0 });
  // The one text is an entry of the cache, whichever post has it.
  expect(new Set(second.parseMs.values()).size).toBe(1);
  const [ms = 0] = second.parseMs.values();
  expect([...first.parseMs.values()]).toEqual([ms, ms]);
  expect(second.cacheUse.savedMs).toBeGreaterThan(2 * ms);
});

test("parses many posts on all cores to what one core makes of them", async () => {
  const files = Array.from({ length: 210 }, (_, n) => [
    `posts/2026-01-01-${n}.md`,
    n === 7 ? "---\ntitle: [\n---\nText.\n" : post({}, `Article number ${n}, with \`code\`.\n\n#### Too deep\n`),
  ]);
  const folder = await siteInAFolder(Object.fromEntries(files));
  const plain = await loadContent(folder);
  const first = await loadContent(folder, { cache });
  expect(first.cacheUse.made).toBe(files.length + diagrams);
  expect(first.problems).toEqual(plain.problems);
  const second = await loadContent(folder, { cache });
  // What is not YAML is never kept.
  expect(second.cacheUse.made).toBe(1);
  expect(second.problems).toEqual(plain.problems);
});

test("reads the texts of posts that another build, of another version of them, has no use for", async () => {
  const file = "posts/2026-01-01-a.md";
  const folder = await siteInAFolder({ [file]: post({}, "One version.\n") });
  const { blog } = await loadContent(folder, { cache });
  for (let version = 0; version < 5; version += 1) {
    await writeFile(path.join(folder, file), post({}, `Version ${version}.\n`));
    await loadContent(folder, { cache });
  }
  expect(blog?.posts[0]?.article.html.markup).toContain("One version.");
});

test("forgets posts that are gone once they are more than those that are there", async () => {
  const file = "posts/2026-01-01-a.md";
  const folder = await siteInAFolder({ [file]: post() });
  for (let version = 0; version < 9; version += 1) {
    await writeFile(path.join(folder, file), post({}, `Version ${version}.\n`));
    await loadContent(folder, { cache });
    age();
    expect(entries()).toBeLessThanOrEqual(2 * (1 + diagrams));
  }
});
