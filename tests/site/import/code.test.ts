/** Code blocks: what stands behind the fence, and marks within the code, in the ways of several engines. */
import { expect, test } from "vitest";
import { bodyOf, imported } from "../../setup/imported.ts";

async function gatsby(body: string) {
  const { post, told } = await imported("gatsby", {
    "gatsby-config.js": "",
    "content/blog/quiet.md": `---\ntitle: Quiet\ndescription: About pipes.\ndate: 2020-01-02\n---\n${body}\n`,
  });
  return {
    body: bodyOf(post("quiet")).trimEnd(),
    told: told.filter((one) => one.startsWith("content/")).map((one) => one.replace(/^\S+ /, "")),
  };
}

test.each([
  ["js/1,3-4", "js {1,3-4}"],
  ["diff-js", "diff"],
  ["js:title=src/a.js", 'js title="src/a.js"'],
  ["js:title=src/a.js {2}", 'js title="src/a.js" {2}'],
  ["go-html-template", "html"],
  ["{.python .numberLines}", "python numbers"],
  ["rust,linenos,linenostart=7,hl_lines=1", "rust {1} numbers=7"],
  ["js {linenos=table,linenostart=199}", "js numbers=199"],
  ["js{numberLines: true}", "js numbers"],
  ["js {numberLines: 5}", "js numbers=5"],
  ["js showLineNumbers {1}", "js {1} numbers"],
  ["js showLineNumbers=false", "js"],
])("writes ```%s as ```%s", async (written, becomes) => {
  const { body } = await gatsby(`\`\`\`${written}\na\nb\nc\nd\n\`\`\``);
  expect(body).toBe(`\`\`\`${becomes}\na\nb\nc\nd\n\`\`\``);
});

test("leaves out marks of lines that the code does not have", async () => {
  const { body, told } = await gatsby("```js {1,3-5,9}\na\nb\nc\nd\n```");
  expect(body).toBe("```js {1,3-4}\na\nb\nc\nd\n```");
  expect(told).toEqual(["marked lines 3-5,9 of a code block that has 4; left out as far as they are not there"]);
});

test.each([
  ["js", "a() // highlight-line\nb()", "js {1}", "a()\nb()"],
  ["sh", "# highlight-next-line\na\nb", "sh {1}", "a\nb"],
  [
    "jsx",
    "<p>\n  {/* highlight-start */}\n  a\n  b\n  {/* highlight-end */}\n</p>",
    "jsx {2-3}",
    "<p>\n  a\n  b\n</p>",
  ],
  ["html", "<!-- highlight-next-line -->\n<p>", "html {1}", "<p>"],
])("marks the lines of %s that comments of the code tell to mark", async (language, written, fence, code) => {
  const { body, told } = await gatsby(`\`\`\`${language}\n${written}\n\`\`\``);
  expect(body).toBe(`\`\`\`${fence}\n${code}\n\`\`\``);
  expect(told).toEqual([]);
});

test("says which options of a code block it leaves out, as they were written", async () => {
  const { told } = await gatsby('```js{1}{numberLines: true} ins={3} "x"\na\n```');
  expect(told).toEqual(['option of a code block, ins={3} "x"; left out']);
});

test.each([
  ["`youtube: https://www.youtube.com/watch?v=abc`", "[Video on YouTube](https://www.youtube.com/watch?v=abc)"],
  ["`gist:ada/0123`", "[Code on GitHub](https://gist.github.com/ada/0123)"],
])("makes a link of what Gatsby's plugins made a player of: %s", async (written, becomes) => {
  const { body, told } = await gatsby(`Before.\n\n${written}\n\nCode: ${written}`);
  expect(body).toBe(`Before.\n\n${becomes}\n\nCode: ${written}`);
  expect(told).toEqual([`embed ${written}; became a link`]);
});

test.each([
  [
    '{{< code file="a.html" >}}\n<h1>{{ .Title }}</h1>\n{{< /code >}}',
    '```html title="a.html"\n<h1>{{ .Title }}</h1>\n```',
  ],
  ['{{< code-toggle file="hugo" >}}\na = 1\n{{< /code-toggle >}}', '```toml title="hugo"\na = 1\n```'],
  ["{{< highlight md >}}\n{{</* toc */>}}\n{{< /highlight >}}", "```md\n{{< toc >}}\n```"],
  [
    '{{< highlight go "linenos=table,hl_lines=1 3-4,linenostart=9" >}}\na\nb\nc\nd\n{{< /highlight >}}',
    "```go {1,3-4} numbers=9\na\nb\nc\nd\n```",
  ],
  ["{{< codeblock lang=go >}}\nfunc\n{{< /codeblock >}}", "```go\nfunc\n```"],
])("makes a code block of what a theme of Hugo's has for one: %s", async (written, becomes) => {
  const { post, told } = await imported("hugo", {
    "hugo.toml": 'baseURL = "https://old.example/"',
    "content/posts/quiet.md": `---\ntitle: Quiet\ndescription: About pipes.\ndate: 2020-01-02\n---\n${written}\n`,
  });
  expect(bodyOf(post("quiet"))).toBe(`${becomes}\n`);
  expect(told).toEqual([]);
});
