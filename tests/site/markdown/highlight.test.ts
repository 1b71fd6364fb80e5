/** The highlighter over many languages: it knows them, and loses nothing. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { codeLines } from "../../../site/markdown/code-lines.ts";
import { codeMarkup } from "../../../site/markdown/code-markup.ts";
import { highlightLimits, highlightLines } from "../../../site/markdown/highlight.ts";
import { isLanguage, languageNames, languageTitle, prismName } from "../../../site/markdown/languages.ts";

const textOf = (code: string, language: string) =>
  highlightLines(code, language)
    .map((pieces) => pieces.map(({ text }) => text).join(""))
    .join("\n");

const kindsOf = (code: string, language: string) =>
  new Set(highlightLines(code, language).flatMap((pieces) => pieces.flatMap(({ kind }) => kind ?? [])));

/** What engineers write in, each with a line that is coloured in it. */
const languages = {
  asm6502: "lda #10 ; load",
  bash: "echo 'a' # b",
  c: "int a = 1;",
  "c#": "class A {}",
  "c++": "class A {};",
  cmake: "set(A 1)",
  cpp: "auto a = 1;",
  csharp: "var a = 1;",
  css: "a { color: red }",
  cypher: "MATCH (n) RETURN n",
  dart: "var a = 1;",
  diff: "@@ -1 +1 @@\n-a\n+b",
  docker: "FROM node:24",
  dockerfile: "RUN npm ci",
  elixir: "def a, do: 1",
  erlang: "a() -> 1.",
  go: "func main() {}",
  golang: "func main() {}",
  graphql: "type A { b: Int }",
  groovy: "def a = 1",
  haskell: "a = 1 -- b",
  hcl: 'resource "a" "b" {}',
  html: "<a href='b'>c</a>",
  http: "GET / HTTP/1.1",
  ini: "[a]\nb=1",
  java: "class A {}",
  javascript: "let a = 1;",
  js: "let a = 1;",
  json: '{"a": 1}',
  json5: "{a: 1}",
  jsonc: '{"a": 1} // b',
  jsx: "const a = <B c={1} />;",
  julia: "a = 1 # b",
  kotlin: "val a = 1",
  latex: "\\begin{a}",
  less: "@a: 1px;",
  lua: "local a = 1",
  make: "a: b\n\techo c",
  makefile: "a: b\n\techo c",
  markdown: "# A **b**",
  nginx: "server { listen 80; }",
  nix: "let a = 1; in a",
  perl: "my $a = 1;",
  php: "<?php $a = 1;",
  powershell: "$a = 1",
  promql: "sum(rate(a[5m]))",
  proto: "message A {}",
  protobuf: "message A {}",
  python: "def a(): return 1",
  r: "a <- 1 # b",
  regex: "[a-z]+",
  rs: "let a = 1;",
  ruby: "def a; 1; end",
  rust: "let a = 1;",
  scala: "val a = 1",
  scss: "$a: 1px;",
  sh: "echo 'a'",
  shell: "echo 'a'",
  solidity: "contract A {}",
  sql: "select 1",
  svelte: "<a href='b'>c</a>",
  swift: "let a = 1",
  terraform: 'resource "a" "b" {}',
  tf: 'resource "a" "b" {}',
  toml: "[a]\nb = 1",
  ts: "const a: number = 1;",
  tsx: "const a = <B c={1} />;",
  typescript: "const a: number = 1;",
  vim: "let a = 1",
  vue: "<a href='b'>c</a>",
  wasm: "(module)",
  xml: "<a b='c'/>",
  yaml: "a: 1",
  zig: "const a = 1;",
  zsh: "echo 'a'",
};

test.each(Object.entries(languages))("colours %s", (language, code) => {
  expect(isLanguage(language)).toBe(true);
  expect(languageTitle(language)).not.toBe("");
  expect(kindsOf(code, language).size).toBeGreaterThan(0);
  expect(textOf(code, language)).toBe(code);
});

test("finds a grammar behind every name that is not plain text", () => {
  const plain = languageNames().filter((name) => prismName(name) === undefined);
  expect(plain).toEqual(["text", "txt", "plain", "plaintext"]);
});

test("tells code in a string from the string", () => {
  const pieces = highlightLines('f"a {b + c}"', "python")[0] ?? [];
  expect(pieces.find(({ text }) => text.includes("b +"))?.kind).toBeUndefined();
});

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/** Signs that open something in one language or another, and what may stand between them. */
const hostile = fc.array(
  fc.constantFrom(
    "(",
    "{",
    "[",
    "<",
    '"',
    "'",
    "`",
    "/",
    "/*",
    "*/",
    "#",
    "$",
    "${",
    "}",
    "<a ",
    "=",
    "\\",
    "\n",
    "\r",
    "\u2028",
    "\0",
    "😀",
    " ",
    "\t",
    "a",
    "0",
    "<<E\n",
    "<!--",
    "@",
    ":",
    "%",
    "|",
    "&",
    "&lt;",
    "class ",
    "`\n",
  ),
  { maxLength: 60 },
);

test.each(Object.keys(languages))("loses no text of %s, whatever it is", (language) => {
  fc.assert(
    fc.property(hostile, (parts) => {
      const code = parts.join("");
      expect(textOf(code, language)).toBe(code);
    }),
    { numRuns: 40 },
  );
});

test("loses no text in the markup either, whatever is marked, numbered or folded in it", () => {
  fc.assert(
    fc.property(hostile, fc.nat({ max: 4 }), fc.boolean(), (parts, line, isNumbered) => {
      const code = parts.join("");
      const lines = codeLines(code, "ts", false);
      const markup = codeMarkup(lines, {
        marked: new Set([line]),
        focused: new Set([line + 1]),
        words: ["class", "<a", "a"],
        numbers: isNumbered ? line : undefined,
        shown: lines.length > 1 ? 1 : undefined,
      });
      const text = markup
        .replace(/<[^>]*>/g, "")
        .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? "");
      expect(text).toBe(`${code}\n`);
    }),
    { numRuns: 300 },
  );
});

test("gives neighbours of one kind one piece, and white space none", () => {
  for (const [language, code] of Object.entries(languages)) {
    for (const pieces of highlightLines(code, language)) {
      expect
        .soft(
          pieces.filter((piece, at) => at > 0 && piece.kind === pieces[at - 1]?.kind),
          language,
        )
        .toEqual([]);
      expect
        .soft(
          pieces.filter(({ text, kind }) => kind && text.trim() === ""),
          language,
        )
        .toEqual([]);
    }
  }
});

test.each([
  ["a line of a megabyte", "{".repeat(1_000_000)],
  ["a line above the limit", `let a = "${"a".repeat(highlightLimits.line)}";`],
  ["many lines", "let a = 1;\n".repeat(highlightLimits.code)],
])("leaves %s plain, and whole", (_name, code) => {
  expect(kindsOf(code, "tsx").size).toBe(0);
  expect(textOf(code, "tsx")).toBe(code);
});
