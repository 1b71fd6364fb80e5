/** MDX: where it reads text differently from Markdown, and where programs hold what others have in front matter. */
import { expect, test } from "vitest";
import { bodyOf, imported } from "../../setup/imported.ts";

async function mdx(body: string) {
  const { post, told } = await imported("next", {
    "next.config.js": "",
    "posts/quiet.mdx": `---\ntitle: Quiet\ndescription: About pipes.\ndate: 2020-01-02\n---\n${body}\n`,
    "posts/loud.md": "---\ntitle: Loud\ndate: 2020-01-01\n---\nLoud.\n",
  });
  const from = (one: string) => one.startsWith("posts/quiet.mdx");
  return { body: bodyOf(post("quiet")).trimEnd(), told: told.filter(from).map((one) => one.replace(/^\S+ /, "")) };
}

test("knows no code by indentation", async () => {
  const { body } = await mdx(
    "<Tabs>\n    <Tab>\n\n    Some *text*.\n\n    ```js\n    if (x) {\n        y();\n    }\n    ```\n\n    </Tab>\n</Tabs>",
  );
  expect(body).toBe(
    "<!-- import: <Tabs> -->\n<!-- import: <Tab> -->\n\nSome *text*.\n\n```js\nif (x) {\n    y();\n}\n```\n\n<!-- import: </Tab> -->\n<!-- import: </Tabs> -->",
  );
});

test("reads Markdown between the tags of HTML", async () => {
  const { body } = await mdx(
    '<div className="wide">\n    <div\n      id="a">\n      **Bold** and [loud](/posts/loud).\n    </div>\n</div>',
  );
  expect(body).toBe('<div class="wide">\n<div\n      id="a">\n\n**Bold** and [loud](/posts/loud/).\n\n</div>\n</div>');
});

test.each(["<table>\n  <tr><td>*a*</td></tr>\n</table>", "<pre>\n  **not bold**\n</pre>", "<p>\n  Plain words.\n</p>"])(
  "leaves HTML as it is that needs nothing: %j",
  async (html) => {
    expect((await mdx(html)).body).toBe(html);
  },
);

test("takes the link that stands around a link element's words for its own", async () => {
  const { body } = await mdx('Read <Link href="/posts/loud"><a>the *loud* one</a></Link>.');
  expect(body).toBe("Read [the *loud* one](/posts/loud/).");
});

test.each([
  ['<LiteYouTubeEmbed id="abc" />', "[Video on YouTube](https://www.youtube.com/watch?v=abc)"],
  ['<TweetEmbed tweetId="123" />', "[Post on X](https://twitter.com/i/status/123)"],
  ["<GitHubStars />", "<!-- import: <GitHubStars /> -->"],
])("makes a link of an element that is called after a player: %s", async (element, becomes) => {
  expect((await mdx(element)).body).toBe(becomes);
});

test("does not repeat the title below what only the program needed", async () => {
  expect((await mdx("export const a = 1;\n\n# Quiet\n\nText.")).body).toBe(
    "<!-- import: export const a = 1; -->\n\nText.",
  );
});

test.each(["metadata", "meta", "frontmatter"])("reads the front matter that a program exports as %s", async (name) => {
  const { post, told } = await imported("next", {
    "next.config.js": "",
    "app/blog/quiet/page.mdx": `import x from './x'

export const ${name} = {
  title: 'Quiet pipes', // not loud
  description: "All about them.",
  date: new Date('2020-01-02'),
  tags: ['pipes', \`Unix\`],
  openGraph: { type: 'article' },
}

# Quiet pipes

Text.
`,
  });
  expect(post("2020-01-02-quiet")).toBe(`---
title: Quiet pipes
description: All about them.
published: 2020-01-02
tags: [pipes, unix]
aliases: [/blog/quiet/]
---

Text.
`);
  expect(told.filter((one) => one.startsWith("app/"))).toEqual([
    'app/blog/quiet/page.mdx:8:16 front matter "openGraph.type" has no counterpart here; left out',
  ]);
});
