/** Exports in every wrapping, and exports that are broken or that somebody made to do harm. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { expect, onTestFinished, test } from "vitest";
import { type ImportOutcome, importBlog } from "../../../site/import/import.ts";
import { recognise } from "../../../site/import/recognise.ts";
import { root } from "../../setup/site.ts";

const fixtures = path.join(root, "tests/fixtures/import");
const files = {
  ghost: "ghost/notes.ghost.2024-05-01-10-00-00.json",
  wordpress: "wordpress/notes.WordPress.2024-05-01.xml",
  medium: "medium/posts/2020-01-02_Loud-caches-2b3c4d5e6f70.html",
  devto: "devto/articles.json",
} as const;

test.each(Object.entries(files))(
  "recognises an export of %s by what it says, whatever it is called",
  async (engine, file) => {
    const folder = await emptyFolder();
    await cp(path.join(fixtures, file), path.join(folder, "download"));
    expect(await recognise({ path: path.join(folder, "download"), label: "download" })).toBe(engine);
  },
);

test("says of any other file that it is no export", async () => {
  const folder = await emptyFolder({ "notes.json": '{"a": 1}' });
  const place = { path: path.join(folder, "notes.json"), label: "notes.json" };
  await expect(recognise(place)).rejects.toThrow("notes.json is no export of Ghost, WordPress, Medium or dev.to");
});

test("reads a zip as it reads the folder that was zipped", async () => {
  const folder = await emptyFolder();
  const zip = zipSync(await contentsOf(path.join(fixtures, "medium")), { level: 6 });
  await writeFile(path.join(folder, "export.zip"), zip);
  const zipped = await importFrom(folder, "export.zip");
  await cp(path.join(fixtures, "medium"), path.join(folder, "export"), { recursive: true });
  const plain = await importFrom(folder, "export");
  expect(zipped.texts).toEqual(plain.texts);
  expect(zipped.places).toEqual(plain.places.map((place) => place.replace(/^export/, "export.zip")));
  expect(zipped.places).toContain("export.zip/posts/2019-03-04_Quiet-caches-1a2b3c4d5e6f.html:11:3326");
});

test("reads dev.to's zip, and one article that its interface gave", async () => {
  const articles = await readFile(path.join(fixtures, files.devto));
  const one = {
    title: "One",
    body_markdown: "Text of the one.",
    tag_list: "a, b",
    url: "https://dev.to/ada/one-1a2b",
    published_at: "2020-01-02T03:04:05Z",
  };
  const folder = await emptyFolder({ "one.json": JSON.stringify(one) });
  await writeFile(
    path.join(folder, "export.zip"),
    zipSync({ "articles.json": articles, "comments.json": strToU8("[]") }),
  );
  expect((await importFrom(folder, "export.zip")).outcome.written).toHaveLength(3);
  expect((await importFrom(folder, "one.json")).texts).toEqual([
    expect.stringMatching(/title: One\n[\s\S]*published: 2020-01-02T03:04:05Z\ntags: \[a, b\]/),
  ]);
});

test.each(["db", "data"])("reads Ghost's tables where they stand in %s", async (shape) => {
  const data = {
    posts: [
      {
        id: 1,
        title: "T",
        slug: "t",
        html: "<p>Text <img src='__GHOST_URL__/x.png'></p>",
        status: "published",
        page: 0,
        published_at: 1_580_000_000_000,
      },
    ],
  };
  const whole = shape === "db" ? { db: [{ meta: {}, data }] } : { meta: {}, data };
  const folder = await emptyFolder({ "a.json": JSON.stringify(whole) });
  const { outcome, places } = await importFrom(folder, "a.json");
  expect(outcome.written).toEqual(["2020-01-26-t.md"]);
  expect(places).toContain(`a.json:1:${JSON.stringify(whole).indexOf("<img") + 1}`);
});

test("imports nothing of a post of Ghost twice, though two exports hold it", async () => {
  const folder = await emptyFolder();
  for (const name of ["a.json", "b.json"]) await cp(path.join(fixtures, files.ghost), path.join(folder, name));
  const { outcome } = await importFrom(folder, ".");
  expect(outcome.written).toHaveLength(6);
  expect(outcome.problems.filter(({ code }) => code === "doubled")).toHaveLength(6);
});

test("takes Ghost's pictures from the folder content only", async () => {
  const html =
    "<p><img src='__GHOST_URL__/content/images/../../secret.png' alt='a'><img src='/secret.png' alt='b'></p>";
  const data = {
    posts: [{ id: 1, title: "T", slug: "t", html, status: "published", published_at: "2020-01-02 03:04:05" }],
  };
  const folder = await emptyFolder({
    "a.json": JSON.stringify({ data }),
    "secret.png": "x",
    "content/images/a.png": "x",
  });
  expect((await importFrom(folder, "a.json")).outcome.copied).toBe(0);
});

const item = (title: string, content = "<p>Text.</p>") =>
  `<item><title>${title}</title><link>https://old.example/?p=1</link><guid>https://old.example/${title}</guid><content:encoded><![CDATA[${content}]]></content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_date>2020-01-02 03:04:05</wp:post_date></item>`;
const rss = `<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">`;

test("says where WordPress's XML breaks, and imports what stands before", async () => {
  const folder = await emptyFolder({
    "a.xml": `${rss}\n<channel>\n${item("one")}\n<item><title>two</titel></item></channel></rss>`,
  });
  const { outcome } = await importFrom(folder, "a.xml");
  expect(outcome.written).toEqual(["2020-01-02-one.md"]);
  expect(errorsOf(outcome)).toEqual(["a.xml:4:17 not valid XML: unexpected close tag"]);
});

test("says that WordPress's XML was cut off", async () => {
  const folder = await emptyFolder({ "a.xml": `${rss}<channel>${item("one")}\n<item><content:encoded><![CDATA[tw` });
  expect(errorsOf((await importFrom(folder, "a.xml")).outcome)).toEqual([
    "a.xml:2:34 not valid XML: unclosed root tag",
  ]);
});

test("expands no entities that an XML file makes up", async () => {
  const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const folder = await emptyFolder({
    "a.xml": `${rss.replace("<rss", `${bomb}<rss`)}<channel>${item("&b;")}</channel></rss>`,
  });
  const { outcome } = await importFrom(folder, "a.xml");
  expect(outcome.written).toEqual([]);
  expect(errorsOf(outcome)).toEqual([expect.stringMatching(/^a\.xml:1:\d+ not valid XML: invalid character entity$/)]);
});

test("tells of an old address that no alias can be", async () => {
  const folder = await emptyFolder({
    "a.xml": `${rss}<channel><link>https://old.example</link>${item("one")}</channel></rss>`,
  });
  const { outcome } = await importFrom(folder, "a.xml");
  expect(outcome.problems.map(({ problem }) => problem)).toContain("old address https://old.example/?p=1");
});

test("says where JSON breaks", async () => {
  const folder = await emptyFolder({ "a.json": '[{"title": "T",\n "body_markdown": "x" "y"}]' });
  expect(errorsOf((await importFrom(folder, "a.json")).outcome)).toEqual([
    "a.json:2:23 not valid JSON, a comma is expected",
  ]);
});

test("reads no file of a zip whose name leads out of it", async () => {
  const story = await readFile(path.join(fixtures, files.medium));
  const folder = await emptyFolder();
  const names = ["../up.html", "/root.html", "posts/../../up.html", "c:\\a.html", "posts/good.html"];
  await writeFile(path.join(folder, "a.zip"), zipSync(Object.fromEntries(names.map((name) => [name, story]))));
  const { outcome } = await importFrom(folder, "a.zip");
  expect(outcome.written).toHaveLength(1);
  expect(errorsOf(outcome).filter((error) => error.endsWith("its name leads out of the zip"))).toHaveLength(4);
});

test("says that a zip was cut off", async () => {
  const folder = await emptyFolder();
  const zip = zipSync(await contentsOf(path.join(fixtures, "medium")));
  await writeFile(path.join(folder, "a.zip"), zip.subarray(0, zip.length - 300));
  const place = { path: path.join(folder, "a.zip"), label: "a.zip" };
  await expect(recognise(place)).rejects.toThrow("a.zip: the zip cannot be read: invalid zip data");
  expect(errorsOf((await importFrom(folder, "a.zip", "medium")).outcome)).toEqual([
    "a.zip:1:1 the zip cannot be read: invalid zip data",
  ]);
});

test.each([
  [
    "unpacks no file that says to be larger than all posts could be",
    300 * 1024 * 1024,
    "there are more than 256 MB to unpack",
  ],
  ["believes no zip that says a file is smaller than it is packed", 10, "its size is not what the zip says"],
])("%s", async (_what, size, problem) => {
  const folder = await emptyFolder();
  const zip = zipSync({ "posts/a.html": randomBytes(50_000) });
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const directory = zip.findLastIndex((_, at) => at + 4 <= zip.length && view.getUint32(at, true) === 0x02014b50);
  view.setUint32(directory + 24, size, true);
  await writeFile(path.join(folder, "a.zip"), zip);
  const { outcome } = await importFrom(folder, "a.zip", "medium");
  expect(errorsOf(outcome)).toEqual([`a.zip/posts/a.html:1:1 ${problem}`]);
});

test.each([
  ["ghost", '{"db": [{"data": {"posts": []}}]}'],
  ["wordpress", `${rss}<channel></channel></rss>`],
  ["devto", '[{"body_markdown": null}]'],
] as const)("says that an export of %s holds no posts", async (engine, text) => {
  const folder = await emptyFolder({ "a.json": text, "a.xml": text });
  const { outcome } = await importFrom(folder, engine === "wordpress" ? "a.xml" : "a.json");
  expect(outcome.engine).toBe(engine);
  expect(errorsOf(outcome)).toEqual([expect.stringMatching(/^a\.\w+:1:1 there are no posts in this export$/)]);
});

test("says that a file is no export of the engine that the author named", async () => {
  const folder = await emptyFolder({ "a.json": "[]" });
  expect(errorsOf((await importFrom(folder, "a.json", "ghost")).outcome)).toEqual([
    "a.json:1:1 this is no export of Ghost",
  ]);
});

test("imports a story of Medium whose elements stand thousands deep in each other", async () => {
  const deep = `${"<div>".repeat(20_000)}Deep words that stay.${"</div>".repeat(20_000)}`;
  const story = `<article class="h-entry"><h1 class="p-name">Deep</h1><section data-field="body" class="e-content"><h3 class="graf--title">Deep</h3>${deep}</section></article>`;
  const folder = await emptyFolder({ "posts/2020-01-02_Deep-1a2b3c4d5e6f.html": story });
  const { outcome, texts } = await importFrom(folder, ".");
  expect(outcome.written).toEqual(["2020-01-02-deep.md"]);
  expect(texts.join("")).toContain("Deep words that stay.");
});

async function emptyFolder(contents: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

/** Names of a folder's files with their contents, as a zip has them. */
async function contentsOf(folder: string): Promise<Record<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  return Object.fromEntries(
    await Promise.all(found.sort().map(async (file) => [path.relative(folder, file), await readFile(file)] as const)),
  );
}

/** Imports what lies at a path of a folder, into a folder of its own. */
async function importFrom(cwd: string, source: string, engine?: ImportOutcome["engine"]) {
  const target = await emptyFolder();
  const outcome = await importBlog({
    source,
    cwd,
    engine,
    target,
    isDryRun: false,
    zone: "Europe/Berlin",
    host: "blog.example",
    now: new Date("2026-11-24T12:00:00Z"),
  });
  const texts = await Promise.all(outcome.written.toSorted().map((file) => readFile(path.join(target, file), "utf8")));
  return { outcome, texts, places: outcome.problems.map(({ file, line, column }) => `${file}:${line}:${column}`) };
}

function errorsOf({ problems }: ImportOutcome): string[] {
  return problems
    .filter(({ severity }) => severity === "error")
    .map(({ file, line, column, problem }) => `${file}:${line}:${column} ${problem}`);
}

/** The same on every run, and not to be packed. */
function randomBytes(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state & 255;
  });
}
