/** Pictures in Markdown: what is a figure, what is a caption, and where each one stands. */
import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const markup = (source: string) => renderArticle(source).html.markup;

test.each([
  ["alone in its paragraph", "![A](a.png)\n", 1],
  ["alone in a quotation", "> ![A](a.png)\n", 1],
  ["alone in an unfolding part", "::: details More\n![A](a.png)\n:::\n", 1],
  ["the whole of a link", "[![A](a.png)](https://a.example/)\n", 1],
  ["with attributes of its own", "![A](a.png){.wide}\n", 1],
  ["with words beside it", "Press ![A](a.png) now.\n", 0],
  ["beside another", "![A](a.png) ![B](b.png)\n", 0],
  ["in a line of a list", "- ![A](a.png)\n", 0],
  ["in a table", "| a |\n|---|\n| ![A](a.png) |\n", 0],
])("makes a figure of a picture that is alone, not of others: one %s", (_title, source, figures) => {
  expect(parse(markup(source)).querySelectorAll("figure.picture > img, figure.picture > a > img")).toHaveLength(
    figures,
  );
});

test("makes the title of a figure its caption, with Markdown in it", () => {
  expect(markup('![A "quoted" text](a.png "The *second* run, `p99` -- see [more](/posts/)")\n')).toBe(
    '<figure class="picture"><img src="a.png" alt="A &quot;quoted&quot; text"><figcaption>The <em>second</em> run, <code>p99</code> – see <a href="/posts/">more</a></figcaption>\n</figure>\n',
  );
});

test("gives attributes behind a picture to it, and those on a line of their own to the figure", () => {
  expect(markup("![A](a.png){.b}\n{#c .d}\n")).toBe(
    '<figure class="picture d" id="c"><img src="a.png" alt="A" class="b"></figure>\n',
  );
});

test("leaves a title beside words what it is", () => {
  expect(markup('Press ![A](a.png "Tip") now.\n')).toContain('<img src="a.png" alt="A" title="Tip">');
});

test("tells of links and footnotes in a caption as of any others", () => {
  const { links, problems, html } = renderArticle(
    '![A](a.png "See [more](/posts/quiet/)[^a] and [^b]")\n\n[^a]: Note.\n',
  );
  expect(links.map(({ href, offset }) => [href, offset])).toEqual([["/posts/quiet/", 23]]);
  expect(problems.map(({ code }) => code)).toEqual(["missing-footnote"]);
  expect(parse(html.markup).querySelectorAll("figcaption .footnote-ref, .footnotes li")).toHaveLength(2);
});

test("knows where every picture stands in the markup", () => {
  const source = [
    "Text[^a] with ![one & two](a%20b.png).\n\n![Two](b.png 'C')\n\n| x |\n|---|\n| ![Three](c.png) |\n",
    "<img src='raw.png' alt=''>\n\n[^a]: ![Four](d.png)\n",
  ].join("\n");
  const { html, images } = renderArticle(source);
  expect(images.map(({ span }) => html.markup.slice(...(span ?? [0, 0])))).toEqual([
    '<img src="a%20b.png" alt="one &amp; two">',
    '<img src="b.png" alt="Two">',
    '<img src="c.png" alt="Three">',
    '<img src="d.png" alt="Four">',
  ]);
  expect(html.markup).not.toContain("\0");
});

test("takes no text of the author's for a mark of its own", () => {
  const { html, images } = renderArticle("a\0b &#0; ![A\0](a.png) \0\n");
  expect(images).toHaveLength(1);
  expect(html.markup.slice(...(images[0]?.span ?? [0, 0]))).toBe('<img src="a.png" alt="A\uFFFD">');
});

test("knows which pictures are within a link", () => {
  const { images } = renderArticle("![A](a.png) [x ![B](b.png)](/posts/) ![C](c.png)\n\n## ![D](d.png)\n");
  expect(images.map(({ isLinked }) => isLinked)).toEqual([false, true, false, true]);
});

test("calls a picture early that readers see first, and none below it", () => {
  const early = (source: string) => renderArticle(source).images.map(({ isEarly }) => isEarly);
  expect(early("![A](a.png)\n\n![B](b.png)\n")).toEqual([true, false]);
  expect(early(`${"word ".repeat(90)}\n\n![A](a.png)\n`)).toEqual([true]);
  expect(early(`${"word ".repeat(110)}\n\n![A](a.png)\n`)).toEqual([false]);
  expect(early(`\`\`\`text\n${"word\n".repeat(110)}\`\`\`\n\n![A](a.png)\n`)).toEqual([false]);
});

test("asks for the styles of pictures only where there is one", () => {
  expect(renderArticle("![A](a.png)\n").needs).toContain("picture");
  expect(renderArticle("`![A](a.png)`\n").needs).not.toContain("picture");
});
