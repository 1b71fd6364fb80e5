/** Blocks of code as readers get them, and what authors are told. */
import { HtmlValidate } from "html-validate";
import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { plainText } from "../../../site/markdown/plain-text.ts";
import { renderArticle } from "../../../site/markdown/render.ts";
import { feedContent } from "../../../site/publish/feeds/content.ts";

const fence = (info: string, ...lines: readonly string[]) => `\`\`\`${info}\n${lines.join("\n")}\n\`\`\`\n`;

function blocks(source: string) {
  const { html, problems } = renderArticle(source);
  expect(problems).toEqual([]);
  return parse(html.markup, { blockTextElements: {} });
}

const codeOf = (source: string) => blocks(source).querySelector("code")?.innerHTML;
/** As an author reads it: `unknown option "titel"; did you mean "title"?` */
const told = (source: string) =>
  renderArticle(source).problems.map(({ problem, hint }) => (hint ? `${problem}; ${hint}` : problem));

test("colours code in five kinds of tokens and shows the title", () => {
  const block = blocks(fence('ts title="a.ts"', "const a = 1; // one, and why", 'return f("x");'));
  expect(block.querySelector("figcaption")?.text).toBe("a.ts");
  expect(block.querySelector("code")?.innerHTML).toBe(
    '<span class="k">const</span> a = <span class="n">1</span>; <span class="c">// one, and why</span>\n' +
      '<span class="k">return</span> <span class="f">f</span>(<span class="s">&quot;x&quot;</span>);\n',
  );
});

test("keeps the text of code as the author wrote it", () => {
  const code = 'if (a < b && c > "d") {\n\n  /* over\n     lines */\n}';
  expect(blocks(fence("js", code)).querySelector("code")?.textContent).toBe(`${code}\n`);
});

test("gives a box that may scroll a stop for the keyboard and a name that no other has", () => {
  const long = "x".repeat(30);
  const quoted = "> ```ts\n> x\n> ```\n";
  const page = blocks(
    [fence("ts", "x"), fence('ts title="a.ts"', long), fence("sql", long), fence("", long), quoted].join(""),
  );
  const boxes = page
    .querySelectorAll("pre")
    .map((pre) => [pre.getAttribute("tabindex"), pre.getAttribute("aria-label")]);
  expect(boxes).toEqual([
    [undefined, undefined],
    ["0", "Code 2: a.ts"],
    ["0", "Code 3, SQL"],
    ["0", "Code 4"],
    ["0", "Code 5, TypeScript"],
  ]);
});

test.each([
  ["24 letters", "x".repeat(24), "", false],
  ["25 letters", "x".repeat(25), "", true],
  ["20 letters behind numbers", "x".repeat(20), "numbers", true],
  ["13 wide letters", "碼".repeat(13), "", true],
  ["12 tabs and a letter", `${"\t".repeat(12)}x`, "", true],
])("takes %s for what may or may not scroll", (_name, code, options, scrolls) => {
  const pre = blocks(fence(`text ${options}`, code)).querySelector("pre");
  expect(pre?.hasAttribute("tabindex")).toBe(scrolls);
});

test("marks lines, neighbours in one element", () => {
  expect(codeOf(fence("text {1-2,4}", "a", "b", "c", "d"))).toBe("<mark>a\nb\n</mark>c\n<mark>d\n</mark>");
});

test("marks words as a whole, across tokens and everywhere", () => {
  expect(codeOf(fence('js words="id, f(id"', "f(id) + width + id"))).toBe(
    '<mark class="w"><span class="f">f</span>(id</mark>) + width + <mark class="w">id</mark>\n',
  );
});

test("lets the style sheet count lines, and gives each an element", () => {
  expect(codeOf(fence("text {2} numbers", "a", "b", ""))).toBe(
    '<span class="l">a\n</span><mark class="l">b\n</mark><span class="l">\n</span>',
  );
});

test("begins to count where the author wants it", () => {
  expect(codeOf(fence("text numbers=99", "a", "b"))).toBe(
    '<span class="l" data-n="99">a\n</span><span class="l" data-n="100">b\n</span>',
  );
});

test("lets the lines step back that are not in focus", () => {
  expect(codeOf(fence("text focus={2} {3}", "a", "b", "c", "d"))).toBe(
    '<span class="dim">a\n</span>b\n<mark class="dim">c\n</mark><span class="dim">d\n</span>',
  );
});

test("shows the first lines of a long block, and has all of them", () => {
  const block = blocks(fence("text collapse=2", "a", "b", "c", "d"));
  expect(block.querySelector("code")?.innerHTML).toBe('a\nb\n<span class="rest">c\nd\n</span>');
  expect(block.querySelector("label")?.outerHTML).toBe('<label><input type="checkbox">Show all 4 lines</label>');
  const byDefault = blocks(fence("text collapse", ..."abcdefghijkl"));
  expect(byDefault.querySelector(".rest")?.textContent).toBe("k\nl\n");
});

test("shows a change in its language, each side coloured as if the other were not there", () => {
  expect(codeOf(fence("js diff", " f();", "-x = `a", "-b`;", "+x = 1;", "", " g();"))).toBe(
    '<span class="f">f</span>();\n' +
      '<del><span class="p">-</span>x = <span class="s">`a</span>\n</del>' +
      '<del><span class="p">-</span><span class="s">b`</span>;\n</del>' +
      '<ins><span class="p">+</span>x = <span class="n">1</span>;\n</ins>' +
      '\n<span class="f">g</span>();\n',
  );
});

test("counts the lines of a change as they are after it", () => {
  const lines = blocks(fence("text diff numbers=7 {2}", " a", "-b", "+c", " d")).querySelectorAll(".l");
  expect(lines.map((line) => [line.tagName, line.getAttribute("data-n"), line.classList.contains("hl")])).toEqual([
    ["SPAN", "7", false],
    ["DEL", undefined, true],
    ["INS", "8", false],
    ["SPAN", "9", false],
  ]);
});

test("takes a diff without places for a change, and leaves a patch whole", () => {
  expect(codeOf(fence("diff", " a", "-b", "+c"))).toBe(
    'a\n<del><span class="p">-</span>b\n</del><ins><span class="p">+</span>c\n</ins>',
  );
  const patch = ["--- a.sql", "+++ b.sql", "@@ -1 +1 @@", "-b", "+c"];
  const whole = blocks(fence("diff", ...patch));
  expect(whole.querySelector("code")?.textContent).toBe(`${patch.join("\n")}\n`);
  expect(whole.querySelectorAll("del, ins, .p")).toEqual([]);
});

test("tells the commands of a session from their output", () => {
  const session = ["$ npm i \\", "    pkg", "> now", "added 1", "> not a command", "# whoami", "root", "$"];
  expect(codeOf(fence("console", ...session))?.replace(/<\/?span(?: class="[^p]")?>/g, "")).toBe(
    '<span class="p">$ npm i \\\n    pkg\n<span class="p">&gt; now\n<samp>added 1\n&gt; not a command\n</samp>' +
      '<span class="p"># whoami\n<samp>root\n</samp><span class="p">$\n',
  );
});

test("takes > for the prompt where a session begins with it, and a session without prompts for plain text", () => {
  expect(codeOf(fence("console", "> a", "b", "> c"))?.match(/class="p"/g)).toHaveLength(2);
  expect(codeOf(fence("console", "a", "> b"))).toBe("a\n&gt; b\n");
});

test("sets prompts of a script apart, and takes no comment for one", () => {
  const prompts = (...lines: readonly string[]) =>
    blocks(fence("sh", ...lines))
      .querySelectorAll(".p")
      .map(({ text }) => text);
  expect(prompts("$ a \\", "> b", "# c", "$ d")).toEqual(["$ ", "> ", "$ "]);
  expect(prompts("# a", "b")).toEqual([]);
});

const tabs = (...fences: readonly string[]) => `::: tabs\n${fences.join("")}:::\n`;

test("makes tabs of one thing in several languages, each block under its name", () => {
  const group = blocks(
    `${tabs(fence("ts", "a"), fence('sh title="npm"', "b"))}\n${tabs(fence("go", "c"), fence("", "d"))}`,
  );
  expect(group.querySelectorAll("[role=group].tabs").map((one) => one.getAttribute("aria-label"))).toEqual([
    "Variants 1",
    "Variants 2",
  ]);
  expect(group.querySelectorAll("figcaption").map((caption) => caption.innerHTML)).toEqual([
    '<label><input type="radio" name="tabs-1" checked>TypeScript</label>',
    '<label><input type="radio" name="tabs-1">npm</label>',
    '<label><input type="radio" name="tabs-2" checked>Go</label>',
    '<label><input type="radio" name="tabs-2">Text</label>',
  ]);
});

test("gives a short tab no stop for the keyboard, in thousands of groups as in one", () => {
  const many = blocks(`${tabs(fence("ts", "a"), fence("go", "b"))}\n`.repeat(3_000));
  expect(many.querySelectorAll("input")).toHaveLength(6_000);
  expect(many.querySelectorAll("[tabindex]")).toEqual([]);
});

test("tells what a group of tabs is about", () => {
  const markup = renderArticle(`::: tabs Install "it"\n${fence("sh", "a")}${fence("go", "b")}:::\n`).html.markup;
  expect(markup).toContain('aria-label="Variants 1: Install &quot;it&quot;"');
});

const everything = [
  fence('ts title="a <b>.ts" {1} words="b" numbers=7', `a < "${"b".repeat(40)}" && b;`, "c"),
  fence("ts diff focus={2} collapse=1", " a", "-b", "+c"),
  fence("console", "$ a", "b"),
  tabs(fence("ts", "a"), fence('sh title="a & <b>" collapse=1', "b", "c")),
].join("\n");

test("is valid HTML, whatever a block has", async () => {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard", "html-validate:a11y"],
    // A `role="group"` that scrolls and can be focused is what WCAG asks for; the rule wants a native element.
    rules: { "prefer-native-element": "off", "no-raw-characters": ["error", { relaxed: true }] },
  });
  const { results } = await validator.validateString(renderArticle(everything).html.markup);
  expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId} ${message}`))).toEqual([]);
});

test("gives feed readers all of the code, tabs under their names, and nothing to press", () => {
  const markup = feedContent(renderArticle(everything).html, "https://site.example/posts/a/");
  expect(markup).not.toMatch(/<input|<label|<span|Show all/);
  expect(markup).toContain("<figcaption>a &amp; &lt;b&gt;</figcaption><pre><code>b\nc\n</code></pre>");
  expect(markup).toContain("<code>a\n<del>-b\n</del><ins>+c\n</ins></code>");
});

test("keeps what is to be pressed out of the text that is searched", () => {
  const text = plainText(renderArticle(fence("sh collapse=1", "$ echo a", "echo b")).html);
  expect(text).toBe("$ echo a echo b");
});

test.each([
  ['js titel="x"', 'unknown option "titel"; did you mean "title"?'],
  ["js colapse", 'unknown option "colapse"; did you mean "collapse"?'],
  ["js /aa/", 'unknown option "/aa/"; write words="aa"'],
  [
    "js wrap=80",
    'unknown option "wrap"; known are title, words, focus, numbers, collapse, diff, and line numbers in braces',
  ],
  ['js "a"', 'unknown option "a"; known are title, words, focus, numbers, collapse, diff, and line numbers in braces'],
  ["js title=x", '"title" is written otherwise; write title="file.ts"'],
  ["js focus=1", '"focus" is written otherwise; write focus={3-5}'],
  ["js diff=yes", '"diff" is written otherwise; write diff'],
  ["js {1", "the brace is never closed; write {3-5,8}"],
  ['js title="x', 'the quote is never closed; write title="file.ts"'],
  ["js numbers numbers=3", '"numbers" stands here a second time'],
  ["js numbers=x", '"numbers" takes a number, not "x"; write numbers or numbers=10'],
  ["js {0}", "the code has no lines 0; it has 1 to 2"],
  ["js focus={1-3}", "the code has no lines 1-3; it has 1 to 2"],
  ['js words="aa,retry"', 'the code has no word "retry"; did you mean "retri"?'],
  ['js words="a"', 'the code has no word "a"; did you mean "aa"?'],
  ["js collapse=2", '"collapse" would hide nothing of 2 lines; the code has 2 lines'],
  ["js collapse=0", '"collapse" leaves one line at least; the code has 2 lines'],
  ["js diff", 'the line of a diff has no sign; begin it with "+", "-" or a space'],
  ["javascipt", 'unknown language "javascipt"; did you mean "javascript"?'],
  ["klingon", 'unknown language "klingon"; use "text" for none'],
])("tells the author of ```%s", (info, message) => {
  expect(told(fence(info, "aa", "retri"))).toEqual([message]);
});

test.each([
  [`::: tabs\n${fence("js", "a")}Text.\n\n${fence("ts", "b")}:::\n`, "tabs hold nothing but blocks of code"],
  [tabs(fence("js", "a"), fence("javascript", "b")), 'there are two tabs "JavaScript"; give one a title="…"'],
  [tabs(fence("js", "a")), "tabs need two blocks of code or more"],
  [`::: tabz\n${fence("js", "a")}:::\n`, 'unknown container "tabz"; did you mean "tabs"?'],
])("tells the author of %j", (source, message) => {
  expect(told(source)).toEqual([message]);
});

test("points at the word that is meant, and not at one that looks like it", () => {
  const source = fence('js title="retries" words="retry,retries"', "retry();");
  const [problem] = renderArticle(source).problems;
  expect(source.slice(problem?.offset, (problem?.offset ?? 0) + (problem?.length ?? 0))).toBe("retries");
  expect(problem?.offset).toBe(source.lastIndexOf("retries"));
});

test("shows code that is too long to be coloured in plain, and warns", () => {
  const source = fence("js", `const a = "${"a".repeat(1_000_000)}";`);
  const { html, problems } = renderArticle(source);
  expect(html.markup).not.toContain("<span");
  expect(html.markup.length).toBeGreaterThan(1_000_000);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([["long-code", "warning"]]);
});
