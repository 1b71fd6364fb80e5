/** Text that wants out of the article: whatever an author pastes, only raw HTML is raw. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const markup = (source: string) => renderArticle(source).html.markup;

/** Pieces that begin, end or break something. None opens a tag. */
const pieces = [
  ..."abcABC019 \n\n\n\"'`#*_[](){}!|:-~^$\\&;>.=+/",
  "\n\n",
  "\n    ",
  "\n> ",
  "\n- ",
  "\n1. ",
  "\n## ",
  "\n::: note ",
  "\n:::: details x {open}\n",
  "\n:::\n",
  "\n::: embed javascript:alert(1) x\n",
  "\n::: embed https://a.example ",
  "{.a #b lang=de}",
  "{onclick=alert(1)}",
  '{style="x" href=javascript:x}',
  "[^1]",
  "\n\n[^1]: ",
  "^[",
  "\n\n*[ABC]: ",
  "\n| a | b |\n|---|---|\n| ",
  "\n: ",
  "$x^2$",
  "\n$$\n",
  "\\href{javascript:alert(1)}{x}",
  "\\style{color:red}{x}",
  '\n```mermaid title="x"\nflowchart TD\n',
  '\n```mermaid title="x"\nsequenceDiagram\n',
  "A[",
  "] --> B(",
  "A->>B: ",
  'click A href "javascript:alert(1)"\n',
  "style A fill:url(javascript:x)\n",
  '\n```chart line title="x"\na,b\n',
  '\n```chart column title="x"\na,b,c\n1,,\n2,,\n',
  "\n1,2\n",
  '\n```ts title="x" {1}\n',
  "\n```\n",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](data:text/html,x)",
  "[x](data:image/png;base64,x)",
  "[x](vbscript:x)",
  "![x](javascript:x)",
  "&#106;avascript:alert(1)",
  "[y]: javascript:x\n",
  "[y]",
  "https://a.example/",
  "&lt;script&gt;",
  "--&gt;",
  "> [!NOTE]\n> ",
  "- [x] ",
];
const hostileText = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));

const allowed = new Set(
  `a abbr blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img input ins label li mark
  ol p pre s samp section small span strong sub summary sup table tbody td th thead tr ul
  math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub
  msubsup msup mtable mtd mtext mtr munder munderover
  circle defs desc ellipse g line marker polygon polyline rect svg text`.split(/\s+/),
);
const empty = new Set(["br", "hr", "img", "input"]);
const neverAttributes = /^(?:on.*|style|srcdoc|formaction|action|xlink:href|target|ping)$/i;

/** What a browser would do that it should not. */
function wrongs(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, closing, name = "", attributes = "", isClosed] of html.matchAll(/<(\/?)([^\s>/]*)([^>]*?)(\/?)>/g)) {
    if (!allowed.has(name)) wrong.push(`element ${tag}`);
    const read = attributes.replace(/\s+([^\s="'<>]+)(?:="([^"<]*)")?/g, (_, key: string, value = "") => {
      if (neverAttributes.test(key)) wrong.push(`attribute ${key}`);
      const isAddress = /^(?:href|src|cite)$/.test(key);
      if (isAddress && /^\s*(?:javascript|vbscript|data:(?!image\/))/i.test(value)) wrong.push(`address ${value}`);
      if (name === "a" && key === "href" && /^data:/i.test(value)) wrong.push(`link ${value}`);
      return "";
    });
    if (read !== "") wrong.push(`unread ${tag}`);
    if (closing && open.pop() !== name) wrong.push(`unbalanced ${tag}`);
    if (!closing && !isClosed && !empty.has(name)) open.push(name);
  }
  const between = html.replace(/<\/?[a-z][^<>]*>/gi, "");
  if (/[<>]/.test(between.replaceAll("-->", ""))) wrong.push(`sign ${/.{0,20}[<>].{0,20}/.exec(between)?.[0]}`);
  wrong.push(...(html.match(/="[^"]*\b(?:NaN|-?Infinity|undefined)\b[^"]*"/g) ?? []));
  return [...wrong, ...open.map((name) => `open ${name}`)];
}

test("makes nothing of text without raw HTML but the elements and attributes that Markdown has", () => {
  fc.assert(
    fc.property(hostileText, (source) => {
      expect(wrongs(markup(source))).toEqual([]);
    }),
    { numRuns: 1_500 },
  );
});

/** An article without the functions in it, which are never equal. */
function plain(source: string) {
  const { html, plainText, wordCounts, ...article } = renderArticle(source);
  return { ...article, html: html.markup, plainText: plainText(), wordCounts: wordCounts() };
}

test("gives the same for an article whatever was rendered before it", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const first = plain(one);
      renderArticle(other);
      expect(plain(one)).toEqual(first);
    }),
    { numRuns: 200 },
  );
});

test("places every mistake within the text", () => {
  fc.assert(
    fc.property(hostileText, (source) => {
      for (const { offset, length = 0, problem } of renderArticle(source).problems) {
        expect(problem).not.toMatch(/undefined|\[object/);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset + length).toBeLessThanOrEqual(source.length);
      }
    }),
    { numRuns: 500 },
  );
});

const ending = "</title></style></script></svg></math></pre></figure></div><script>alert(1)</script>";

test.each([
  ["code", `\`\`\`ts title="${ending}"\n${ending}\n\`\`\`\n`],
  ["a diagram", `\`\`\`mermaid title="${ending}"\nflowchart TD\naccDescr: ${ending}\nA["${ending}"]\n\`\`\`\n`],
  ["a chart", `\`\`\`chart line title="${ending}" x="${ending}" y="${ending}"\n${ending},b\n1,1\n2,2\n\`\`\`\n`],
  ["a formula", `\`\`\`math\n\\text{${ending}}\n\`\`\`\n`],
  ["a formula in a line", `$\\text{${ending}}$ and $${ending}$`],
  ["an abbreviation", `*[ABC]: ${ending}\n\nABC`],
  ["inline code", `\`${ending}\``],
  ["a link's title", `[a](/b/ "${ending.replaceAll('"', "")}")`],
  ["a picture's text", `![${ending}](b.png)`],
])("lets nothing out of %s", (_, source) => {
  expect(wrongs(markup(source))).toEqual([]);
});

test("leaves raw HTML to the author, who answers for it", () => {
  expect(markup("Press <kbd>Ctrl</kbd>.\n\n<div onclick=x>a</div>\n")).toBe(
    "<p>Press <kbd>Ctrl</kbd>.</p>\n<div onclick=x>a</div>\n",
  );
});

test.each([
  ["quotations", ">".repeat(5_000)],
  ["brackets", "[".repeat(20_000)],
  ["stars", "*a ".repeat(20_000)],
  ["dollar signs", "$a ".repeat(20_000)],
  ["braces", "`x`{.a".repeat(10_000)],
  ["containers", "::: note\n".repeat(300)],
  ["notes", "^[".repeat(2_000)],
  ["raised text", "^a~b".repeat(10_000)],
])("comes to an end with very many %s", (_, source) => {
  expect(markup(source)).not.toBe("");
});
