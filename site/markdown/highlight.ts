/** Prism at build, its many token names brought down to five that a palette can keep apart. */
import Prism, { type Grammar, type Token, type TokenStream } from "prismjs";
import loadLanguages from "prismjs/components/index.js";
import components from "prismjs/components.js";
import { escapeHtml } from "../html.ts";

/** Languages that are plain text. */
const plain = new Set(["", "text", "txt", "plain", "plaintext", "console"]);

const names: ReadonlySet<string> = new Set([
  ...plain,
  ...Object.entries(components.languages).flatMap(([name, { alias }]) => [name, ...[alias ?? []].flat()]),
]);

/** Every name a code fence may carry. */
export function languageNames(): readonly string[] {
  return [...names];
}

export function isLanguage(name: string): boolean {
  return names.has(name) && name !== "meta";
}

/** Class of a token: keyword, string, comment, number or constant, function or type. */
type Kind = "k" | "s" | "c" | "n" | "f";

const kinds: Readonly<Record<string, Kind>> = {
  keyword: "k",
  atrule: "k",
  rule: "k",
  important: "k",
  tag: "k",
  selector: "k",
  "control-flow": "k",
  module: "k",
  builtin: "k",
  inserted: "s",
  string: "s",
  "template-string": "s",
  char: "s",
  regex: "s",
  url: "s",
  "attr-value": "s",
  "triple-quoted-string": "s",
  value: "s",
  comment: "c",
  prolog: "c",
  doctype: "c",
  cdata: "c",
  shebang: "c",
  number: "n",
  boolean: "n",
  constant: "n",
  symbol: "n",
  null: "n",
  entity: "n",
  variable: "n",
  deleted: "k",
  function: "f",
  "class-name": "f",
  "attr-name": "f",
  property: "f",
  key: "f",
  namespace: "f",
  annotation: "f",
  decorator: "f",
  section: "f",
};

/** Lines of code as markup. `language` must be one that {@link isLanguage} knows. */
export function highlightLines(code: string, language: string): readonly string[] {
  const grammar = plain.has(language) ? undefined : grammarOf(language);
  const lines: string[] = [""];
  if (!grammar) return code.split("\n").map(escapeHtml);
  write(Prism.tokenize(code, grammar), undefined, lines);
  return lines;
}

function grammarOf(language: string): Grammar | undefined {
  if (!Prism.languages[language]) loadLanguages([language]);
  return Prism.languages[language];
}

/** A token that spans lines is closed at the end of each, so that every line stands alone. */
function write(stream: TokenStream, kind: Kind | undefined, lines: string[]): void {
  if (Array.isArray(stream)) for (const part of stream) write(part, kind, lines);
  else if (typeof stream === "string") writeText(stream, kind, lines);
  else write(stream.content, kindOf(stream) ?? kind, lines);
}

function kindOf(token: Token): Kind | undefined {
  const aliases = [token.alias ?? []].flat();
  return kinds[token.type] ?? aliases.map((alias) => kinds[alias]).find(Boolean);
}

function writeText(text: string, kind: Kind | undefined, lines: string[]): void {
  for (const [index, piece] of text.split("\n").entries()) {
    if (index > 0) lines.push("");
    if (piece)
      lines[lines.length - 1] +=
        kind && piece.trim() ? `<span class="${kind}">${escapeHtml(piece)}</span>` : escapeHtml(piece);
  }
}
