/** Links and pictures of real posts: to pages that are not imported, to mail addresses, within HTML. */
import { expect, test } from "vitest";
import { bodyOf, imported } from "../../setup/imported.ts";

async function quiet(body: string) {
  const { post, told, files } = await imported("hugo", {
    "hugo.toml": 'baseURL = "https://old.example/notes/"',
    "content/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/posts/loud.md": "---\ntitle: Loud\ndate: 2020-01-01\n---\nLoud.\n",
    "content/posts/quiet.md": `---\ntitle: Quiet\ndescription: About pipes.\ndate: 2020-01-02\n---\n${body}\n`,
    "static/demo.html": "<p>Demo</p>\n",
    "static/pipe.png": "PNG",
  });
  const from = (one: string) => one.startsWith("content/posts/quiet.md");
  return {
    body: bodyOf(post("quiet")).trimEnd(),
    told: told.filter(from).map((one) => one.replace(/^\S+ /, "")),
    files: files.filter((one) => one.includes("quiet/")),
  };
}

test.each([
  ["[Home](/)", "[Home](/)"],
  ["[Home](https://old.example/notes/)", "[Home](/)"],
  ["[Home](https://old.example/notes)", "[Home](/)"],
  ["[loud](/notes/posts/loud/)", "[loud](/posts/loud/)"],
  ["[loud](posts/loud/)", "[loud](/posts/loud/)"],
  ["<https://old.example/notes/posts/loud/>", "[https://old.example/notes/posts/loud/](/posts/loud/)"],
  ["See www.old.example/notes/posts/loud/ too.", "See [www.old.example/notes/posts/loud/](/posts/loud/) too."],
  ["See www.pipes.example.", "See [www.pipes.example](http://www.pipes.example)."],
])("leads to the same place as before: %s", async (written, becomes) => {
  expect(await quiet(written)).toEqual({ body: becomes, told: [], files: [] });
});

test("makes a mail address that is written as a link one", async () => {
  const { body, told } = await quiet("[ada@pipes.example](ada@pipes.example)");
  expect(body).toBe("[ada@pipes.example](mailto:ada@pipes.example)");
  expect(told).toEqual(["link to ada@pipes.example; it became one to the mail address"]);
});

test.each(["../../../content/about.md", "/notes/demo.html", "/demo.html"])(
  "does not take a page of the old site for a file beside the post: %s",
  async (address) => {
    const { files, told } = await quiet(`[There](${address})`);
    expect(files).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/^link to .*, which is no imported post;/)]);
  },
);

test.each([
  [
    '<p>A <a class="x" href="gone.html">page</a>.</p>',
    '<p>A <a class="x"><!-- import: link to gone.html -->page</a>.</p>',
  ],
  ["[Run](javascript:void(0))", "Run <!-- import: link to javascript:void(0) -->"],
  ['<p><img src="/gone.png" alt="Gone"></p>', '<p><!-- import: <img src="/gone.png" alt="Gone"> --></p>'],
  ['<video src="/gone.mp4" controls></video>', "<video controls><!-- import: link to /gone.mp4 --></video>"],
])("leaves nothing that leads nowhere: %s", async (written, becomes) => {
  const { body, told } = await quiet(written);
  expect(body).toBe(becomes);
  expect(told).toHaveLength(1);
});

test("gives a picture in HTML a description when it has none", async () => {
  const { body, told } = await quiet('<p><img src="/pipe.png"></p>');
  expect(body).toBe('<p><img alt="pipe" src="pipe.png"></p>');
  expect(told).toEqual(['picture without a description; it became "pipe"; say what it shows']);
});

test.each([
  ["Fixed ([#7][]).", "Fixed (#7 <!-- import: link to [#7] -->)."],
  ["A [patch of mine][p].", "A patch of mine <!-- import: link to [p] -->."],
  ["The [site's file][config].", "The site's file <!-- import: link to [config] -->."],
  ["The item [i][j] of it.", "The item `[i][j]` of it."],
])("keeps the words of a link whose definition is missing: %s", async (written, becomes) => {
  expect((await quiet(written)).body).toBe(becomes);
});

test.each([
  ["### One\n\n#### Two\n\n### Three", "## One\n\n### Two\n\n## Three", 0],
  ["# One\n\n## Two", "## One\n\n### Two", 0],
  ["## One\n\n##### Two", "## One\n\n### Two", 1],
])("lifts or lowers all headings together: %j", async (written, becomes, reported) => {
  const { body, told } = await quiet(written);
  expect(body).toBe(becomes);
  expect(told).toHaveLength(reported);
});

test("gives a picture its caption, and a paragraph of its own", async () => {
  const { body } = await quiet('Before.\n{{< figure src="/pipe.png" caption="A *quiet* \\"pipe\\"" >}}\nBehind.');
  expect(body).toBe('Before.\n\n![A quiet "pipe"](pipe.png "A *quiet* \\"pipe\\"")\n\nBehind.');
});
