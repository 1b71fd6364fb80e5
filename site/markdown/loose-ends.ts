/** References of which one end is missing. Markdown shows them as plain text, or not at all. */
import type Token from "markdown-it/lib/token.mjs";
import type { MarkdownProblem } from "./render.ts";
import type { SourceMap } from "./source-map.ts";

/** `footnotes` has each defined label behind a colon, with -1 for those that nothing refers to. */
export function looseEnds(
  tokens: readonly Token[],
  map: SourceMap,
  footnotes: Readonly<Record<string, number>>,
): readonly MarkdownProblem[] {
  return [
    ...undefinedReferences(tokens, map),
    ...refusedAddresses(tokens, map),
    ...footnoteProblems(tokens, map, footnotes),
    ...emptyLinks(tokens, map),
  ];
}

/** Where a definition is missing the parser leaves `[^note]` and `[text][label]` as text. */
function undefinedReferences(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  return texts(tokens, "[").flatMap(({ content, block }) => [
    ...[...content.matchAll(/\[\^[^\]\s]+\]/g)].map(([reference]) => ({
      ...map.next(block, reference),
      code: "missing-footnote",
      problem: `the footnote ${reference} has no definition`,
      hint: `add a line "${reference}: …"`,
    })),
    ...[...content.matchAll(/(?<![\p{L}\p{N}\])])(\[[^[\]]+\])(\[[^[\]^]*\])/gu)].map(
      ([reference, text = "", label = ""]) => ({
        ...map.next(block, reference),
        code: "missing-definition",
        problem: `the link ${reference} has no definition`,
        hint: `add a line "${label === "[]" ? text : label}: /an/address/"`,
      }),
    ),
  ]);
}

/** The parser leaves links as text that would run a script. */
function refusedAddresses(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  return texts(tokens, "](").flatMap(({ content, block }) =>
    [...content.matchAll(/(?<=\]\()\s*(?:javascript|vbscript|file|data):[^\s)]*/gi)].map(([address]) => {
      const problem = `${address.trim()} is no address to link to`;
      return { ...map.next(block, address.trim()), code: "refused-address", problem };
    }),
  );
}

function footnoteProblems(
  tokens: readonly Token[],
  map: SourceMap,
  footnotes: Readonly<Record<string, number>>,
): MarkdownProblem[] {
  const definitions = definitionsOf(tokens, map);
  return definitions.flatMap(({ label, ...place }, at) => {
    if (definitions.findIndex((other) => other.label === label) < at)
      return [{ ...place, code: "doubled-footnote", problem: `the footnote [^${label}] is defined a second time` }];
    if (footnotes[`:${label}`] !== -1) return [];
    const hint = `refer to it with [^${label}], or remove it`;
    return [{ ...place, code: "unused-footnote", problem: `nothing refers to the footnote [^${label}]`, hint }];
  });
}

const codeTypes: ReadonlySet<string> = new Set(["fence", "code_block", "html_block"]);

/** The parser keeps no places of definitions; code is no place for one. */
function definitionsOf(tokens: readonly Token[], map: SourceMap) {
  const code = tokens.filter(({ type }) => codeTypes.has(type)).map(({ map: lines }) => lines ?? ([0, 0] as const));
  const isCode = (line: number) => code.some(([first, end]) => line >= first && line < end);
  return [...map.source.matchAll(/(?<=^[ \t>]*)(\[\^([^\]\s]+)\]):/gm)]
    .map(({ 1: mark = "", 2: label = "", index }) => ({ label, offset: index, length: mark.length }))
    .filter(({ offset }) => !isCode(map.lineAt(offset)));
}

function emptyLinks(tokens: readonly Token[], map: SourceMap): MarkdownProblem[] {
  return tokens.flatMap((token) => {
    const children = token.children ?? [];
    return children.flatMap((child, at) => {
      if (child.type !== "link_open" || child.attrGet("class") === "anchor") return [];
      const href = child.attrGet("href") ?? "";
      const isEmpty = children[at + 1]?.type === "link_close";
      if (href !== "" && !isEmpty) return [];
      const problem = isEmpty ? "the link has no text" : "the link leads nowhere";
      return [{ ...map.next(blockOf(token), isEmpty ? "[](" : "]("), code: "empty-link", problem }];
    });
  });
}

/** Those that hold `mark`: few do. */
function texts(tokens: readonly Token[], mark: string) {
  const found: { readonly content: string; readonly block: readonly [number, number] }[] = [];
  for (const token of tokens)
    for (const { type, content } of token.children ?? [])
      if (type === "text" && content.includes(mark)) found.push({ content, block: blockOf(token) });
  return found;
}

function blockOf(token: Token): readonly [number, number] {
  return token.map ?? [0, Number.MAX_SAFE_INTEGER];
}
