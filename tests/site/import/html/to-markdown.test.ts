/** HTML of old blogs: what it becomes, that its words stay as they are, and that what is lost is told where it stood. */
import { createDocument } from "@mixmark-io/domino";
import fc from "fast-check";
import { expect, test } from "vitest";
import { draftOf } from "../../../../site/import/draft.ts";
import { type HtmlBody, toMarkdown } from "../../../../site/import/html/to-markdown.ts";
import { renderArticle } from "../../../../site/markdown/render.ts";

const cases: readonly (readonly [what: string, html: string, markdown: string])[] = [
  ["paragraphs", "<p>One</p>\n<p>Two<br>lines</p>", "One\n\nTwo\\\nlines"],
  ["two breaks, which part paragraphs", "<p>One<br><br>Two</p>", "One\n\nTwo"],
  ["emphasis", "<p><em>a</em> <b>b</b> <s>c</s></p>", "*a* **b** ~~c~~"],
  ["emphasis that signs could not show", "<p>a<b>b:</b>c</p>", "a<strong>b:</strong>c"],
  ["spaces at the edges of emphasis", "<p>a<b> b </b>c</p>", "a **b** c"],
  ["elements that Markdown lacks", "<p><kbd>Ctrl</kbd> H<sub>2</sub>O</p>", "<kbd>Ctrl</kbd> H<sub>2</sub>O"],
  ["code in a line", "<p><code>a `b`</code> and <tt>c</tt></p>", "`` a `b` `` and `c`"],
  ["a link around code", '<p><code><a href="/x">f()</a></code></p>', "[`f()`](/x)"],
  [
    "an address that says itself",
    '<p><a href="https://a.example/b">https://a.example/b</a></p>',
    "<https://a.example/b>",
  ],
  ["headings that begin too deep", "<h3>A</h3><h4>B</h4>", "## A\n\n### B"],
  ["a place in a heading", '<h2 id="x9">A</h2><p><a href="#x9">up</a></p>', "## A {#x9}\n\n[up](#x9)"],
  ["an anchor", '<p><a name="here"></a>Text</p>', '<span id="here"></span>Text'],
  ["lists in lists", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n  1. b\n- c"],
  ["a list wrongly in a list", "<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"],
  ["lists of paragraphs", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"],
  ["lists one behind the other", "<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"],
  [
    "tasks",
    '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
    "- [x] a\n- [ ] b",
  ],
  ["definitions", "<dl><dt>A</dt><dd>a</dd><dd>b</dd></dl>", "A\n:   a\n:   b"],
  ["quotations", "<blockquote><p>a</p><cite>B</cite></blockquote>", "> a\n>\n> — B"],
  [
    "a table",
    "<table><tr><th>a</th><th align=right>b</th></tr><tr><td>1|2</td><td>3</td></tr></table>",
    "| a | b |\n| --- | --: |\n| 1\\|2 | 3 |",
  ],
  ["a table without headings", "<table><tr><td>1</td><td>2</td></tr></table>", "|  |  |\n| --- | --- |\n| 1 | 2 |"],
  ["a table for looks", "<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"],
  [
    "a picture with a caption",
    '<figure><img src="a.png"><figcaption>A <b>b</b></figcaption></figure>',
    "![A b](a.png)\n\nA **b**",
  ],
  ["a picture that leads to itself", '<p><a href="a.png"><img src="a-300x200.png" alt="A"></a></p>', "![A](a.png)"],
  ["parts that unfold", "<details><summary>More</summary><p>a</p></details>", "::: details More\n\na\n\n:::"],
  ["remarks", "<aside><p>a</p></aside>", "::: aside\n\na\n\n:::"],
  ["code with its language", '<pre><code class="language-js">a\n  b</code></pre>', "```js\na\n  b\n```"],
  ["code with a fence in it", "<pre>```\nx\n```</pre>", "````text\n```\nx\n```\n````"],
  [
    "code of a plugin",
    "<pre class=\"brush: php; title: 'a.php'; highlight: [1,3]\">a</pre>",
    '```php title="a.php" {1,3}\na\n```',
  ],
  [
    "code that names its language",
    '<pre lang="ruby">a</pre><pre lang="en">b</pre>',
    "```ruby\na\n```\n\n```text\nb\n```",
  ],
  ["a rule, but none at the beginning", "<hr><p>a</p><hr><p>b</p>", "a\n\n---\n\nb"],
  [
    "what begins a block elsewhere",
    "<p># a</p><p>1. a</p><p>::: a</p><p>: a</p><p>a<br>- b</p>",
    "\\# a\n\n1\\. a\n\n\\::: a\n\n\\: a\n\na\\\n\\- b",
  ],
  ["typography that would mean something else", "<p>1...10 a--b --x {.c}</p>", "1\\...10 a\\--b --x \\{\\.c}"],
  [
    "names that look like addresses",
    "<p>README.md and https://a.example/b_c</p>",
    "README.md and <https://a.example/b_c>",
  ],
  ["formulas", "<p>a <math><mi>x</mi></math></p>", "a <math><mi>x</mi></math>"],
  ["emoji that were pictures", '<p>a <img class="emoji" src="x" alt="🙂"></p>', "a 🙂"],
];

test.each(cases)("writes %s", (_what, html, markdown) => {
  expect(converted(html).text).toBe(markdown);
});

const told: readonly (readonly [what: string, html: string, at: string, problem: string])[] = [
  ["a frame", '<p>a</p><iframe src="https://www.youtube.com/embed/x"></iframe>', "<iframe", "HTML element <iframe>"],
  ["a program", "<p>a</p><script>b</script>", "<script", "HTML element <script>"],
  ["a form", "<p>a <b>b</b></p><form><input></form>", "<form", "HTML element <form>"],
  [
    "merged cells",
    "<p>a</p><table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
    "<table",
    "table with merged cells",
  ],
  [
    "looks",
    '<p>a</p><p style="color: red">b</p>',
    "<p style",
    "an element with colours, sizes or alignments of their own",
  ],
  ["a picture without an address", "<p>a <img alt='b'></p>", "<img", "HTML element <img>"],
  ["markup in code", '<pre>a <a href="/b">b</a></pre>', "<a ", "<a> in a block of code"],
];

test.each(told)("tells of %s where it stands", (_what, html, at, problem) => {
  expect(converted(html).told).toEqual([{ at: html.indexOf(at), problem }]);
});

test("knows where every picture and link of the Markdown comes from", () => {
  const html = '<p>a</p>\n<figure><img src="x.png" alt="b"></figure><p>c <a href="/y">d <em>e</em></a></p>';
  const { draft, text } = converted(html);
  expect(draft.originOf(text.indexOf("x.png"))).toBe(html.indexOf("<img"));
  expect(draft.originOf(text.indexOf("/y"))).toBe(html.indexOf("<a "));
});

test("makes footnotes of links that lead down and back up", () => {
  const html =
    '<p>a<sup><a href="#fn:1" id="fnref:1">1</a></sup></p><hr><ol><li id="fn:1"><p>b <a href="#fnref:1">↩</a></p></li></ol>';
  expect(converted(html).text).toBe("a[^1]\n\n[^1]: b");
});

test("leaves out characters that no text may hold, whatever they are written as", () => {
  const html =
    '<p>a&#1;&#xFDD0;7&#xFDD1;b</p><pre>c&#8;</pre><p><img src="x.png" alt="d&#xFFFE;" data-import-markup="e"></p>';
  expect(converted(html).text).toBe("a7b\n\n```text\nc\n```\n\n![d](x.png)");
});

test("takes every link back up out of a footnote, and no other", () => {
  const html =
    '<p>a<sup><a href="#n" id="r1">1</a></sup> b<sup><a href="#n" id="r2">1</a></sup></p><h2 id="c">C</h2><ol><li id="n">d <a href="#r1">↩</a> <a href="#r2">↩2</a> <a href="#c">e</a></li></ol>';
  expect(converted(html).text).toBe("a[^1] b[^1]\n\n## C\n\n[^1]: d [e](#c)");
});

test("parts paragraphs of WordPress at blank lines, and lines at line ends, but not in code", () => {
  const html = "One\ntwo\n\n<b>Three</b>\n<pre>a\n\nb</pre>\nFour";
  const markdown = "One\\\ntwo\n\n**Three**\n\n```text\na\n\nb\n```\n\nFour";
  expect(converted(html, { paragraphs: "lines" }).text).toBe(markdown);
});

test("reads elements within thousands of others without giving up", () => {
  const { text, told } = converted(`${"<div><blockquote>".repeat(5000)}word${"</blockquote></div>".repeat(5000)}`);
  expect(text).toContain("word");
  expect(renderArticle(text).html.markup).toContain("word");
  expect(told.map(({ problem }) => problem)).toEqual(["elements within more elements than can be read"]);
});

test.each(['<a "'.repeat(20_000), "<!-- ".repeat(20_000), "<p title='".repeat(20_000), "<".repeat(50_000)])(
  "reads what never ends, such as %.8s…",
  (html) => {
    expect(converted(`<p>before</p>${html}`).text).toMatch(/^before/);
  },
);

const pieces = fc.constantFrom(
  ..."a b 1 _ * [ ] ( ) < > & ! # - + . = ` ~ | : \\ ^ $ { } \" ' / @ é ü … — € 😀".split(" "),
  " ",
  ...[
    "\n",
    "amp;",
    "...",
    "--",
    "http://a.example",
    "README.md",
    "&copy;",
    ":::",
    "{{",
    "{.a}",
    "{b=c}",
    "(c)",
    "[^1]",
    "[x]",
  ],
);
const texts = fc.array(pieces, { maxLength: 16 }).map((parts) => parts.join(""));

const wrappers: readonly (readonly [string, (text: string) => string])[] = [
  ["a paragraph", (text) => `<p>${text}</p>`],
  ["a line of a paragraph", (text) => `<p>a<br>${text}</p>`],
  ["a link", (text) => `<p><a href="/x">${text}</a></p>`],
  ["a heading", (text) => `<h2>${text}</h2>`],
  ["an item of a list", (text) => `<ul><li>${text}</li></ul>`],
  ["a quotation", (text) => `<blockquote>${text}</blockquote>`],
  ["a cell of a table", (text) => `<table><tr><td>${text}</td><td>b</td></tr></table>`],
];

test.each(wrappers)("keeps plain text as it is in %s", (_what, wrap) => {
  fc.assert(
    fc.property(texts, (text) => {
      const html = wrap(`a ${escaped(text)}`);
      expect(withoutSchemes(wordsOf(rendered(html)))).toBe(withoutSchemes(wordsOf(html)));
    }),
    { numRuns: 300 },
  );
});

/** A bare link is shown without its scheme and its last slash, here as everywhere. */
function withoutSchemes(text: string): string {
  return text.replace(/https?:\/\/|\//g, "");
}

type Tree = string | { readonly name: string; readonly inner: readonly Tree[] };
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "b c", " x", "y ", " ", "(z)", "q.", "!", "_", "*", "1", ". t", "~", "€", "é", "\u00A0", "😀"),
    fc.record({
      name: fc.constantFrom("em", "strong", "b", "i", "del", "code", "span", "a", "kbd", "sub", "mark", "br"),
      inner: fc.array(tie("tree"), { maxLength: 4 }),
    }),
  ),
}));

test("keeps the words of elements within elements, whatever signs stand for them", () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 6 }), (trees) => {
      const html = `<p>${trees.map(htmlOf).join("")}</p>`;
      expect(lettersOf(rendered(html))).toBe(lettersOf(html));
    }),
    { numRuns: 600 },
  );
});

function converted(html: string, body: HtmlBody = {}) {
  const told: { at: number; problem: string }[] = [];
  const draft = toMarkdown(draftOf(html), body, (at, _code, problem) => told.push({ at, problem }));
  return { draft, text: draft.text, told };
}

function rendered(html: string): string {
  return renderArticle(converted(html).text).html.markup;
}

function htmlOf(node: Tree): string {
  if (typeof node === "string") return node;
  if (node.name === "br") return "<br>";
  return `<${node.name}${node.name === "a" ? ' href="/x"' : ""}>${node.inner.map(htmlOf).join("")}</${node.name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** As readers see them, with the typography that every text here gets. */
function wordsOf(html: string): string {
  const breaks = html.replace(/<br>|<\/td>/g, " $&");
  return (createDocument(`<body>${breaks}`).body.textContent ?? "")
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replaceAll("…", "...")
    .replaceAll("—", "---")
    .replaceAll("–", "--")
    .replace(/\s+/g, " ")
    .trim();
}

function lettersOf(html: string): string {
  return wordsOf(html).replace(/\s/g, "");
}
