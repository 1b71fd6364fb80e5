/** Prism at build, its many token names brought down to five that a palette can keep apart. */
import Prism, { type Grammar, type Token, type TokenStream } from "prismjs";
import loadLanguages from "prismjs/components/index.js";
import { prismName } from "./languages.ts";

/** Keyword, string, comment, number or constant, function or type; also the class in the markup. */
export type Kind = "k" | "s" | "c" | "n" | "f";

/** Text within one line; neighbours of one kind are one piece. */
export interface Piece {
  readonly text: string;
  readonly kind?: Kind | undefined;
}

export type Pieces = readonly Piece[];

/**
 * Prism's patterns take time that grows with the square of the text, some with its cube, mostly by the line: beyond
 * these, in UTF-16 units, a hostile text could hold up a build for minutes.
 */
export const highlightLimits = Object.freeze({ code: 20_000, line: 1_000 });

/** What the dot of Prism's patterns stops at. */
const lineEnd = /[\n\r\u2028\u2029]/;

export function isTooLong(code: string): boolean {
  if (code.length <= highlightLimits.line) return false;
  return code.length > highlightLimits.code || code.split(lineEnd).some((line) => line.length > highlightLimits.line);
}

/** The code line by line, not a character lost. Without kinds when the language is plain or unknown, or the code too long. */
export function highlightLines(code: string, language: string): readonly Pieces[] {
  const grammar = isTooLong(code) ? undefined : grammarOf(language);
  const lines: Piece[][] = [[]];
  write(grammar ? Prism.tokenize(code, grammar) : code, undefined, lines);
  return lines;
}

const kinds: Readonly<Record<string, Kind | "plain">> = {
  keyword: "k",
  atrule: "k",
  rule: "k",
  important: "k",
  tag: "k",
  selector: "k",
  "control-flow": "k",
  module: "k",
  builtin: "k",
  deleted: "k",
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
  coord: "c",
  number: "n",
  boolean: "n",
  constant: "n",
  symbol: "n",
  null: "n",
  entity: "n",
  variable: "n",
  function: "f",
  "class-name": "f",
  "attr-name": "f",
  property: "f",
  key: "f",
  namespace: "f",
  annotation: "f",
  decorator: "f",
  section: "f",
  // Code within a string is no string.
  interpolation: "plain",
};

function grammarOf(language: string): Grammar | undefined {
  const name = prismName(language);
  if (name && !Prism.languages[name]) loadLanguages([name]);
  return name ? Prism.languages[name] : undefined;
}

/** A token that spans lines is closed at the end of each, so that every line stands alone. */
function write(stream: TokenStream, kind: Kind | undefined, lines: Piece[][]): void {
  if (Array.isArray(stream)) for (const part of stream) write(part, kind, lines);
  else if (typeof stream === "string") writeText(stream, kind, lines);
  else {
    const own = kindOf(stream) ?? kind;
    write(stream.content, own === "plain" ? undefined : own, lines);
  }
}

function kindOf(token: Token): Kind | "plain" | undefined {
  const kind = kinds[token.type];
  if (kind || !token.alias) return kind;
  return [token.alias]
    .flat()
    .map((alias) => kinds[alias])
    .find(Boolean);
}

function writeText(text: string, kind: Kind | undefined, lines: Piece[][]): void {
  const [first = "", ...others] = text.includes("\n") ? text.split("\n") : [text];
  append(lines.at(-1) ?? [], first, kind);
  for (const line of others) {
    const next: Piece[] = [];
    lines.push(next);
    append(next, line, kind);
  }
}

/** White space has no colour. */
function append(line: Piece[], text: string, colour: Kind | undefined): void {
  if (!text) return;
  const kind = colour && text.trim() ? colour : undefined;
  const last = line.at(-1);
  if (last && last.kind === kind) line[line.length - 1] = { text: last.text + text, kind };
  else line.push({ text, kind });
}
