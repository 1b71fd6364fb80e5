/** What files say of themselves: front matter in every form, and where the old engine published them. */
import { expect, test } from "vitest";
import { bodyOf, imported } from "../../setup/imported.ts";

const hugo = { "hugo.toml": 'baseURL = "https://old.example/"' };

test("reads front matter that blank lines stand in front of", async () => {
  const { post } = await imported("hugo", {
    ...hugo,
    "content/posts/quiet.md": "\n\n---\ntitle: Quiet\ndate: 2020-01-02\n---\nText.\n",
  });
  expect(post("2020-01-02-quiet")).toContain("title: Quiet\n");
  expect(bodyOf(post("quiet"))).toBe("Text.\n");
});

test("takes what stands between two rules for text where it is no list of keys", async () => {
  const { post } = await imported("hugo", {
    ...hugo,
    "content/posts/2020-01-02-rules.md": "\n---\n\nBetween rules.\n\n---\n\nBelow.\n",
  });
  expect(bodyOf(post("rules"))).toBe("---\n\nBetween rules.\n\n---\n\nBelow.\n");
});

test("takes pages without a date for no posts where a whole project is imported, and says so", async () => {
  const files = {
    ...hugo,
    "content/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/posts/quiet.md": "---\ntitle: Quiet\ndate: 2020-01-02\n---\nText.\n",
    "content/posts/later.md": "---\ntitle: Later\ndraft: true\n---\nText.\n",
  };
  const whole = await imported("hugo", files);
  expect(whole.post("about")).toBe("");
  expect(whole.post("quiet") && whole.post("later")).toBeTruthy();
  expect(whole.told).toContainEqual(
    expect.stringMatching(/^content\/about\.md:1:1 there is no date, so this was taken for a page, not a post;/),
  );
  expect((await imported("hugo", files, "content/posts")).post("later")).toContain("title: Later");
});

test.each([
  [{ permalink: "pretty" }, "/2020/01/02/quiet/"],
  [{ collections: { posts: { permalink: "/news/:year/:title/" } }, permalink: "pretty" }, "/news/2020/quiet/"],
  [{ defaults: [{ scope: { path: "_posts" }, values: { permalink: "/:title" } }] }, "/quiet"],
])("knows where Jekyll published a post by the configuration %j", async (config, address) => {
  const { post } = await imported("jekyll", {
    "_config.yml": JSON.stringify(config),
    "_posts/2020-01-02-quiet.md": "---\ntitle: Quiet\n---\nText.\n",
  });
  expect(post("quiet")).toContain(`aliases: [${address}]\n`);
});

test("knows where Jekyll published the documents of a collection", async () => {
  const { post } = await imported("jekyll", {
    "_config.yml": 'collections:\n  docs:\n    permalink: "/:collection/:path/"\n',
    "_docs/install/linux.md": "---\ntitle: On Linux\ndate: 2020-01-02\n---\nText.\n",
  });
  expect(post("linux")).toContain("aliases: [/docs/install/linux/]\n");
});

test("knows Hugo's configuration in a folder, and languages that have folders of their own", async () => {
  const { post } = await imported("hugo", {
    "config/_default/hugo.toml": 'baseURL = "https://old.example/"\ndefaultContentLanguage = "en"\n',
    "config/_default/languages.toml": '[en]\ncontentDir = "content/en"\n[de]\ncontentDir = "content/de"\n',
    "config/_default/permalinks.yaml": 'news: "/:year/:slug/"\n',
    "content/en/news/quiet.md": "---\ntitle: Quiet\nslug: quiet\ndate: 2020-01-02\n---\n[Loud](/posts/loud/)\n",
    "content/en/posts/loud.md": "---\ntitle: Loud\ndate: 2020-01-02\n---\nText.\n",
    "content/de/posts/leise.md": "---\ntitle: Leise\ndate: 2020-01-02\n---\nText.\n",
  });
  expect(post("quiet")).toContain("aliases: [/2020/quiet/]\n");
  expect(bodyOf(post("quiet"))).toBe("[Loud](/posts/loud/)\n");
  expect(post("loud")).not.toContain("aliases:");
  expect(post("leise")).toContain("aliases: [/de/posts/leise/]\nlanguage: de\n");
});

test("says which posts it does not read, for they are no Markdown", async () => {
  const { told, files } = await imported("hugo", {
    ...hugo,
    "content/posts/quiet.md": "---\ntitle: Quiet\ndate: 2020-01-02\n---\nText.\n",
    "content/posts/loud/index.html": "---\ntitle: Loud\ndate: 2020-01-02\n---\n<p>Text.\n",
    "content/posts/2020-01-03-old.adoc": "---\ntitle: Old\n---\nText.\n",
    "layouts/page.html": "---\ntitle: Layout\n---\n<p>\n",
    "static/demo.html": "<p>\n",
  });
  expect(files).toEqual(["2020-01-02-quiet.md"]);
  expect(told.filter((one) => one.includes("Markdown"))).toEqual([
    "content/posts/2020-01-03-old.adoc:1:1 the post is no Markdown, and was not read; bring it over by hand",
    "content/posts/loud/index.html:1:1 the post is no Markdown, and was not read; bring it over by hand",
  ]);
});

test("carries over what front matter says beside its text: formatting of words, and that there is to be no contents list", async () => {
  const { post, told } = await imported("hugo", {
    ...hugo,
    "content/posts/quiet.md":
      "---\ntitle: Quiet &amp; <em>calm</em>\ndescription: About <b>pipes</b>, Vec<T> and <canvas>.\ndate: 2020-01-02\ntoc: false\n---\nText.\n",
    "content/posts/loud.md": "---\ntitle: Loud\ndescription: x\ndate: 2020-01-02\ntoc: true\n---\nText.\n",
  });
  expect(post("quiet")).toContain(
    'title: Quiet & calm\ndescription: "About pipes, Vec<T> and <canvas>."\npublished: 2020-01-02\ntoc: false\n',
  );
  expect(post("loud")).not.toContain("toc");
  expect(told.filter((one) => one.includes("toc"))).toEqual([]);
});

test("takes a post whose front matter cannot be read for a post, and says what is wrong with it", async () => {
  const { post, told } = await imported("hugo", {
    ...hugo,
    "content/posts/quiet.md": "---\ntitle: [Quiet\ndate: 2020-01-02\n---\nText.\n",
  });
  expect(post("quiet")).toContain("\nText.\n");
  expect(told).toContainEqual(expect.stringMatching(/^content\/posts\/quiet\.md:\d+:\d+ front matter: /));
});

test("reads folders of languages that have nothing in common", async () => {
  const { post } = await imported("hugo", {
    "hugo.toml":
      '[languages.en]\ncontentDir = "/content"\n[languages.de]\ncontentDir = "../../../../../../../../nowhere"\n',
    "content/posts/quiet.md": "---\ntitle: Quiet\ndate: 2020-01-02\n---\nText.\n",
  });
  expect(post("quiet")).toContain("title: Quiet\n");
});

test("does not take a page of the author elsewhere for the address of the site", async () => {
  const { post } = await imported("eleventy", {
    "eleventy.config.js": "",
    "_data/site.js": 'export default { author: { url: "https://social.example/@ada" }, url: "https://old.example/" };',
    "posts/quiet.md":
      "---\ndate: 2020-01-02\n---\n[I](https://social.example/@ada) and [here](https://old.example/).\n",
  });
  expect(bodyOf(post("quiet"))).toBe("[I](https://social.example/@ada) and [here](/).\n");
});
