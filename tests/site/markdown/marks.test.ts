/** Small signs in the text: attributes, abbreviations, raised text, typography, bare addresses. */
import { describe, expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const markup = (source: string, language?: string) => renderArticle(source, { language }).html.markup.trim();
const problems = (source: string) => renderArticle(source).problems.map(({ code, offset }) => `${code} ${offset}`);

describe("attributes", () => {
  test.each([
    ["## Text {#own .big}", '<h2 id="own" class="big"><a class="anchor" href="#own">Text</a></h2>'],
    ["Text {.lead lang=de}", '<p class="lead" lang="de">Text</p>'],
    ["Text\n{.lead}", '<p class="lead">Text</p>'],
    ["[a](/b/){rel=nofollow hreflang=de}", '<p><a href="/b/" rel="nofollow" hreflang="de">a</a></p>'],
    ["`x`{.y} *z*{lang=fr}", '<p><code class="y">x</code> <em lang="fr">z</em></p>'],
    ["![a](b.png)\n{.wide}", '<figure class="picture wide"><img src="b.png" alt="a"></figure>'],
    ["x ![a](b.png){.wide}", '<p>x <img src="b.png" alt="a" class="wide"></p>'],
    ['~~a~~{title="A \\"b"} {dir=rtl}', '<p dir="rtl"><s>a</s>{title=“A &quot;b”}</p>'],
    ["- a {.b}\n- c", '<ul>\n<li class="b">a</li>\n<li>c</li>\n</ul>'],
  ])("go where they stand: %j", (source, html) => {
    expect(markup(source)).toBe(html);
  });

  test.each([
    "{{ x }}",
    "{% y %}",
    "the set {a, b}",
    "/users/{id}",
    "`x`{}",
    "a {1}",
    "\\{.x}",
    "a {.x} b",
    "$\u007bx}",
  ])("leave other braces alone: %j", (source) => {
    expect(markup(source)).toContain(source.replace("\\", "").replace("`x`", "<code>x</code>"));
    expect(renderArticle(source).problems).toEqual([]);
  });

  test.each([
    ["a {onclick=alert(1)}", ["unknown-attribute 3"]],
    ['*a*{style="x"}', ["unknown-attribute 4"]],
    ["*a*{rel=me}", ["unknown-attribute 4"]],
    ["*a*{lang=german!}", ["invalid-attribute 4"]],
    ["a {dir=up}", ["invalid-attribute 3"]],
    ["a {#x}\n\nb {#x}", ["taken-id 11"]],
    ["a {#main}", ["taken-id 3"]],
    ["| a |\n|---|\n| b |\n\n{.wide}", ["lonely-attributes 19"]],
  ])("that cannot be are told: %j", (source, told) => {
    expect(problems(source)).toEqual(told);
    expect(markup(source)).not.toMatch(/onclick|style=|rel=|german|dir=/);
  });

  test("give a heading an id that no other heading takes", () => {
    expect(renderArticle("## Same\n\n## Other {#same}\n").headings.map(({ id }) => id)).toEqual(["same-2", "same"]);
  });
});

test("tells of an id that stands twice, once in the author's own HTML", () => {
  expect(problems('## Here\n\n<a id="here"></a> and <a id="main"></a>\n')).toEqual(["doubled-id 12", "doubled-id 34"]);
});

test("keeps ids of headings apart from those of the page around them", () => {
  expect(renderArticle("## Main\n\n## Fn1\n").headings.map(({ id }) => id)).toEqual(["main-2", "fn1-2"]);
});

test("explains abbreviations wherever they stand, but not in code", () => {
  expect(markup('*[WAL]: Write-"ahead" log\n\nThe WAL, `WAL` and WALs.')).toBe(
    '<p>The <abbr title="Write-&quot;ahead&quot; log">WAL</abbr>, <code>WAL</code> and WALs.</p>',
  );
});

test("lowers, raises and strikes text, each by its own sign", () => {
  expect(markup("H~2~O, x^2^, ~~no~~, a~/b and a ^[note]")).toMatch(
    /^<p>H<sub>2<\/sub>O, x<sup>2<\/sup>, <s>no<\/s>, a~\/b and a <sup class="footnote-ref"/,
  );
});

test.each([
  ["en", "\"a 'b' c\"", "“a ‘b’ c”"],
  ["de-AT", "\"a 'b' c\"", "„a ‚b‘ c“"],
  ["fr", '"a"', "«\u00a0a\u00a0»"],
  ["tlh", '"a"', "“a”"],
])("sets quotation marks in the language %s", (language, typed, set) => {
  expect(markup(typed, language)).toBe(`<p>${set}</p>`);
});

test("sets dashes and ellipses, and leaves options, ranges and lists of letters alone", () => {
  expect(markup("a -- b, c---d, e--f... but --help, 1..10, (c) and `--` `...`")).toBe(
    "<p>a – b, c—d, e–f… but --help, 1..10, (c) and <code>--</code> <code>...</code></p>",
  );
});

test("links bare addresses without their scheme, and takes no file for a host", () => {
  expect(markup("See https://example.com/, https://example.com/a--b. README.md, me@example.com, www.example.com")).toBe(
    '<p>See <a href="https://example.com/">example.com</a>, <a href="https://example.com/a--b">example.com/a--b</a>. README.md, me@example.com, www.example.com</p>',
  );
  expect(markup("<https://example.com/>")).toBe('<p><a href="https://example.com/">https://example.com/</a></p>');
});

test.each(["- [ ] to do\n", "*[WAL]: x\n\nWAL", "<kbd>K</kbd>", "<figure>\n</figure>"])(
  "brings the styles of what few articles have with %j",
  (source) => {
    expect([...renderArticle(source).needs]).toEqual(["blocks"]);
    expect([...renderArticle("Text.").needs]).toEqual([]);
  },
);
