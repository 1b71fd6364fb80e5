import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { plainText } from "../../../site/markdown/plain-text.ts";
import { renderArticle } from "../../../site/markdown/render.ts";
import { feedContent } from "../../../site/publish/feeds/content.ts";

const page = (source: string) => parse(renderArticle(source).html.markup);
const beside = (source: string) =>
  page(source)
    .querySelectorAll(".sidenote")
    .map(({ text }) => text);

test("puts the text of a short note behind its reference too, for wide screens", () => {
  const html = page("One[^a] and *two*^[In *place*.].\n\n[^a]: A [note](https://a.example).\n");
  expect(html.querySelector("p")?.innerHTML).toBe(
    'One<sup class="footnote-ref" id="fnref1" data-n="1"><a href="#fn1" aria-label="Footnote 1">1</a></sup><small class="sidenote" role="note"><sup>1</sup> A <a href="https://a.example">note</a>.</small> and <em>two</em><sup class="footnote-ref" id="fnref2" data-n="2"><a href="#fn2" aria-label="Footnote 2">2</a></sup><small class="sidenote" role="note"><sup>2</sup> In <em>place</em>.</small>.',
  );
  expect(html.querySelectorAll("li").map(({ attributes }) => attributes)).toEqual([
    { id: "fn1", class: "beside" },
    { id: "fn2", class: "beside" },
  ]);
  expect(html.querySelector("section")?.classNames).toBe("footnotes beside");
});

test.each([
  ["has several blocks", "a[^1]\n\n[^1]: b\n\n    c\n"],
  ["two references share", "a[^1] b[^1]\n\n[^1]: b\n"],
  ["refers to another", "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n"],
  ["holds the author's own HTML", "a[^1]\n\n[^1]: b <small>c</small>\n"],
  ["has an id", "a[^1]\n\n[^1]: *b*{#c}\n"],
  ["a table refers to", "| a[^1] |\n|---|\n| b |\n\n[^1]: c\n"],
  ["a box refers to", "::: note\na[^1]\n:::\n\n[^1]: b\n"],
  ["a link refers to", "[a^[b]](https://a.example)\n"],
])("leaves a note at the end that %s", (_, source) => {
  expect(beside(source)).toEqual([]);
});

test("keeps the numbers of the notes that stay at the end", () => {
  const html = page("a[^1] b[^2]\n\n[^1]: One.\n[^2]: Two.\n\n    More.\n");
  expect(html.querySelectorAll("li").map(({ attributes }) => attributes)).toEqual([
    { id: "fn1", class: "beside" },
    { id: "fn2", value: "2" },
  ]);
  expect(html.querySelector("section")?.classNames).toBe("footnotes");
});

test("counts and lists what a note holds once", () => {
  const { words, links } = renderArticle("One[^a].\n\n[^a]: A [note](https://a.example).\n");
  expect(words).toBe(3);
  expect(links).toHaveLength(1);
});

test("gives feeds and the search every note once", () => {
  const { html } = renderArticle("One[^a] and two[^b].\n\n[^a]: Alpha.\n[^b]: Beta.\n");
  const feed = feedContent(html, "https://a.example/posts/x/");
  expect(feed).not.toMatch(/data-n|<small/);
  expect(parse(feed).text.match(/Alpha|Beta/g)).toEqual(["Alpha", "Beta"]);
  expect(plainText(html).match(/Alpha|Beta/g)).toEqual(["Alpha", "Beta"]);
});
