import fc from "fast-check";
import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const markup = (source: string) => renderArticle(source).html.markup;

test("gives every heading an id, a link to itself and a place in the contents", () => {
  const { html, headings } = renderArticle("## What it is\n\n### `code` & more\n\n## What it is\n");
  expect(headings).toEqual([
    { level: 2, id: "what-it-is", text: "What it is", offset: 0 },
    { level: 3, id: "code-more", text: "code & more", offset: 15 },
    { level: 2, id: "what-it-is-2", text: "What it is", offset: 34 },
  ]);
  expect(html.markup).toContain('<h2 id="what-it-is-2"><a class="anchor" href="#what-it-is-2">What it is</a></h2>');
});

test("leaves template syntax in posts as plain text", () => {
  expect(markup("`{{ x }}` and {% y %}")).toContain("<code>{{ x }}</code> and {% y %}");
});

test("puts every table in a scroll box that the keyboard reaches, without style attributes", () => {
  const html = markup("| a | b |\n|:--|--:|\n| 1 | 2 |\n\n| c |\n|:-:|\n| 3 |\n");
  expect(html.match(/<div class="table-box" tabindex="0" role="group" aria-label="Table \d">/g)).toHaveLength(2);
  expect(html).toContain('<td class="right">2</td>');
  expect(html).not.toContain("style=");
});

test("turns GitHub's alerts into notes and leaves other quotations alone", () => {
  expect(markup("> [!WARNING]\n> Mind the gap.\n")).toBe(
    '<div class="alert warning" role="note">\n<p class="alert-title">Warning</p>\n<p>Mind the gap.</p>\n</div>\n',
  );
  expect(markup("> [!WHAT]\n> x\n")).toContain("<blockquote>");
});

test("makes containers, nested ones too", () => {
  expect(markup(":::: details More *of* it\n::: aside\nx\n:::\n::::\n")).toBe(
    '<details>\n<summary>More <em>of</em> it</summary>\n<div class="aside" role="note">\n<p>x</p>\n</div>\n</details>\n',
  );
});

test("makes task lists whose boxes say what they mean", () => {
  const html = markup("- [x] *Done* it\n- [ ] Open\n- [y] Plain\n");
  expect(html).toContain('<li class="task"><span role="img" aria-label="Done">☑</span> <em>Done</em> it</li>');
  expect(html).toContain('<li class="task"><span role="img" aria-label="To do">☐</span> Open</li>');
  expect(html).toContain("<li>[y] Plain</li>");
});

test("links footnotes both ways", () => {
  const html = parse(markup("One[^a] and again[^a].\n\n[^a]: Note.\n"));
  for (const link of html.querySelectorAll("a")) {
    expect(html.querySelector(link.getAttribute("href") ?? "")).not.toBeNull();
  }
});

test("counts words of prose and not of code", () => {
  expect(renderArticle("One two-three isn't `four`.\n\n```js\nfive six\n```\n").words).toBe(4);
});

test("gives the same markup for the same source", () => {
  const source = "## A\n\n| a |\n|---|\n| b |\n\n```ts\nx\n```\n\n## A\n";
  expect(markup(source)).toBe(markup(source));
});

test("renders any text without throwing, and lets no text open a script", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab<>&\"'`#*_[]()!|:-\n ~^{}$\\1."), maxLength: 200 });
  fc.assert(
    fc.property(text, (source) => {
      expect(markup(source.replaceAll("<", "&lt;"))).not.toMatch(/<script/i);
    }),
    { numRuns: 300 },
  );
});

test("takes an address with its scheme for a link, and no name of a file", () => {
  expect(markup("See README.md, main.rs, example.com and https://b.example/x.")).toBe(
    '<p>See README.md, main.rs, example.com and <a href="https://b.example/x">b.example/x</a>.</p>\n',
  );
});
