import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const markup = (source: string) => renderArticle(source).html.markup.trim();

test("shows a formula in a line as MathML", () => {
  expect(markup("So $x^2$ is")).toBe("<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math> is</p>");
});

test.each(["$$\nx\n$$\n", "$$ x $$\n", "$$x\n$$\n", "```math\nx\n```\n", "Text\n$$x$$\n", "> $$\n> x\n> $$\n"])(
  "shows %j in a box of its own, which the keyboard reaches",
  (source) => {
    expect(markup(source)).toContain(
      '<div class="math" tabindex="0" role="group" aria-label="Formula 1"><math display="block"><mi>x</mi></math></div>',
    );
  },
);

test.each([
  "$5 and $6",
  "US$5/US$6",
  "a $ b $ c",
  "$x $",
  "$x$5",
  "\\$x\\$",
  "`$x$`",
  "$3 and `x$`",
  "$$ and $$",
  "$\u007ba}",
])("takes %j for no formula", (source) => {
  expect(markup(`Text: ${source}`)).not.toContain("<math");
  expect(renderArticle(`Text: ${source}`).problems).toEqual([]);
});

test("keeps emphasis, quotation marks and dashes out of formulas", () => {
  const { html, words } = renderArticle("$a_1 * b_2 * c'$ and $--$\n");
  expect(html.markup).not.toMatch(/<em>|’|–/);
  expect(words).toBe(1);
});

test("has a heading with a formula keep it in its address and in the contents", () => {
  expect(renderArticle("## The $O(n)$ bound\n").headings).toEqual([
    { level: 2, id: "the-o-n-bound", text: "The O(n) bound", offset: 0 },
  ]);
});

const everything = String.raw`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \begin{smallmatrix} 1 & 2 \end{smallmatrix}
\begin{array}{|l|r|} \hline 1 & 2 \\ \hline \end{array} \begin{cases} 1 & x > 0 \\ 0 \end{cases} \underbrace{x}_n
\begin{aligned} a &= b & c &= d \\ e &= f \end{aligned} \sum_{i=1}^n \int \hat x \vec y \widetilde{xyz} \overline{z}
\underline{z} \boxed{x} \fbox{x} \cancel{x} \bcancel{x} \sout{x} \pmb{x} x\!y \mathcal{X} \mathbb{R} \sqrt[3]{x} f''(x)
\left( \frac{a}{b} \middle| c \right) \Bigl[ \binom{n}{k} \xrightarrow{a} \operatorname{E} \text{ if } \rule{1em}{1em}`;

test.each([everything, String.raw`x \tag{1}`, String.raw`\begin{align} a &= b \\ c &= d \end{align}`])(
  "writes no style, no script and nothing but MathML for %j",
  (tex) => {
    const { html, problems } = renderArticle(`\`\`\`math\n${tex}\n\`\`\`\n`);
    expect(problems).toEqual([]);
    const elements = parse(html.markup).querySelectorAll("*");
    expect(elements.filter(({ rawTagName, attributes }) => rawTagName === "span" || "style" in attributes)).toEqual([]);
    expect(html.markup).not.toMatch(/tml-|undefined/);
  },
);

test.each([
  ["a $\\foo$", 3, "there is no command \\foo"],
  ["a\nb $x^2^3$", 8, "a second superscript follows the first"],
  ["> a\n> - b $\\frac{1$", 18, "the formula ends too early"],
  ["$$\nx\n\\bar\n$$", 9, "the formula ends too early"],
  ["```math\nx\n}\n```", 10, '"}" has no counterpart before it'],
  ["$$\n\\begin{align}\na &= b \\\\ \\end{align} & c\n$$", 39, '"&" stands outside of columns'],
  ["$\\begin{foo}$", 7, 'there is no environment "foo"'],
  ["a $x \\color{red} y$", 5, "\\color is not possible in a formula"],
  ["a $\\href{javascript:alert(1)}{x}$", 3, "there is no command \\href"],
  ["a $\\class{x}{y}$", 3, "\\class is not possible in a formula"],
  ["a $$x$$ b", 2, "a formula between double dollar signs stands in a line of text"],
  ["$$ x\n\ny", 0, "the formula is never closed"],
  ["```math\n```", 0, "the formula is empty"],
  ["a $x^$", 3, "the formula is not complete"],
])("tells what is wrong with %j where it is", (source, offset, problem) => {
  expect(renderArticle(source).problems).toMatchObject([{ code: "math", offset, problem }]);
});

test("keeps what a formula defines from the next one", () => {
  expect(renderArticle("$\\gdef\\mine{1}\\mine$ and $\\mine$").problems).toMatchObject([{ offset: 26 }]);
});
