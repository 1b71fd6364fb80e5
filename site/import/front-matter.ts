/** Front matter of any engine: YAML between `---`, TOML between `+++`, or a JSON object, with the place of every key. */

import { parse as parseToml, TomlDate, TomlError } from "smol-toml";
import { type KeyPath, parseYaml } from "../content/structured.ts";
import { endOfObject, exportedObject } from "./exported-front-matter.ts";

export interface SourceFrontMatter {
  /** `exported` by a program, which stays in the body. */
  readonly format: "yaml" | "toml" | "json" | "exported" | "none";
  /** Offset of the Markdown behind it. */
  readonly bodyStart: number;
  /** What is wrong with it; then it has no values. */
  readonly mistake?: { readonly offset: number; readonly problem: string } | undefined;
  /** The first of several keys that is there, whatever its case; `a.b` is a key in a table. It counts as used from then on. */
  take(...keys: readonly string[]): Entry | undefined;
  /** Keys that nobody has taken, in their order. */
  rest(): readonly Entry[];
}

export interface Entry {
  /** Dotted path as the author wrote it. */
  readonly key: string;
  readonly value: unknown;
  /** Of the key in the file. */
  readonly offset: number;
}

const fences = {
  yaml: /^---[ \t]*\r?\n([\s\S]*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m,
  toml: /^\+\+\+[ \t]*\r?\n([\s\S]*?)^\+\+\+[ \t]*(?:\r?\n|$)/m,
  jsonInYaml: /^---json[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m,
};

/** MDX may have a program export it instead. */
export function readFrontMatter(text: string, isMdx = false): SourceFrontMatter {
  const front = behindBlankLines(text) ?? atTop(text);
  return (isMdx && front.format === "none" && !front.mistake && fromExport(text)) || front;
}

/** Hugo allows blank lines in front. What is no list of keys is then text between two rules. */
function behindBlankLines(text: string): SourceFrontMatter | undefined {
  const blank = /^(?:[ \t]*\r?\n)+(?=---|\+\+\+)/.exec(text)?.[0].length;
  const front = blank && fenced(text, blank);
  return front && !front.mistake && front.rest().length > 0 ? front : undefined;
}

function fenced(text: string, from: number): SourceFrontMatter | undefined {
  for (const [fence, pattern] of Object.entries(fences)) {
    const match = pattern.exec(text.slice(from));
    if (match?.index !== 0) continue;
    const start = text.indexOf("\n", from) + 1;
    const format = fence === "jsonInYaml" ? "json" : (fence as "yaml" | "toml");
    return fromBlock(format, match[1] ?? "", start, from + match[0].length);
  }
  return undefined;
}

function atTop(text: string): SourceFrontMatter {
  const front = fenced(text, 0);
  if (front) return front;
  if (/^---(js|javascript|coffee)\b/.test(text)) {
    return refused("none", 0, { offset: 0, problem: "the front matter is a program, which is not run" });
  }
  const end = /^\s*\{/.test(text) ? endOfObject(text) : 0;
  if (end > 0)
    return fromBlock("json", text.slice(0, end), 0, end + (/^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0));
  return entriesOf("none", 0, {}, () => 0);
}

function fromExport(text: string): SourceFrontMatter | undefined {
  const { object, start } = exportedObject(text) ?? {};
  const front = object && start ? fromBlock("json", object, start, 0) : undefined;
  return front && !front.mistake ? { ...front, format: "exported" } : undefined;
}

function fromBlock(
  format: "yaml" | "toml" | "json",
  inner: string,
  start: number,
  bodyStart: number,
): SourceFrontMatter {
  if (format === "toml") return fromToml(inner, start, bodyStart);
  try {
    // YAML reads every JSON object, and tells the place of its keys.
    const parsed = parseYaml(inner, start);
    const [mistake] = parsed.syntaxErrors;
    if (mistake) return refused(format, bodyStart, { offset: mistake.offset, problem: mistake.message });
    if (parsed.value !== null && parsed.value !== undefined && !isTable(parsed.value))
      return refused(format, bodyStart, { offset: start, problem: "the front matter is no list of keys and values" });
    return entriesOf(format, bodyStart, parsed.value ?? {}, (path) => parsed.offsetOf(path, "key"));
  } catch (error) {
    return refused(format, bodyStart, {
      offset: start,
      problem: String(error instanceof Error ? error.message : error),
    });
  }
}

function fromToml(inner: string, start: number, bodyStart: number): SourceFrontMatter {
  try {
    const value = parseToml(inner);
    return entriesOf("toml", bodyStart, value, (path) => start + tomlOffset(inner, path));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const lines = inner.split("\n").slice(0, error.line - 1);
    const offset = start + lines.reduce((sum, line) => sum + line.length + 1, 0) + error.column - 1;
    const problem = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "not valid TOML";
    return refused("toml", bodyStart, { offset, problem });
  }
}

/** The parser keeps no places; a key begins a line, below its table's name. */
function tomlOffset(inner: string, path: KeyPath): number {
  const keys = path.map((key) => escaped(String(key)));
  const list = header(keys, "[[", "]]").exec(inner);
  if (list) return list.index;
  const from = keys.length > 1 ? (header(keys.slice(0, -1), "[", "]").exec(inner)?.index ?? 0) : 0;
  const found = new RegExp(`^[ \\t]*["']?${keys.at(-1) ?? ""}["']?\\s*=`, "m").exec(inner.slice(from));
  return from + (found ? found.index + (/^[ \t]*/.exec(found[0])?.[0].length ?? 0) : 0);
}

function header(keys: readonly string[], open: string, close: string): RegExp {
  return new RegExp(`^[ \\t]*${escaped(open)}\\s*${keys.join("\\s*\\.\\s*")}\\s*${escaped(close)}`, "m");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function refused(
  format: SourceFrontMatter["format"],
  bodyStart: number,
  mistake: NonNullable<SourceFrontMatter["mistake"]>,
): SourceFrontMatter {
  return { ...entriesOf(format, bodyStart, {}, () => 0), mistake };
}

function entriesOf(
  format: SourceFrontMatter["format"],
  bodyStart: number,
  value: object,
  offsetOf: (path: KeyPath) => number,
): SourceFrontMatter {
  const entries = leaves(value, []);
  const byKey = new Map(entries.map((entry) => [entry.path.join(".").toLowerCase(), entry]));
  const taken = new Set<string>();
  const found = (path: KeyPath, at: unknown): Entry => ({ key: path.join("."), value: at, offset: offsetOf(path) });
  return {
    format,
    bodyStart,
    take(...keys) {
      for (const key of keys) {
        const entry = byKey.get(key);
        if (!entry || isEmpty(entry.value)) continue;
        taken.add(key);
        return found(entry.path, entry.value);
      }
      return undefined;
    },
    rest() {
      return [...byKey]
        .filter(([key, entry]) => !taken.has(key) && !isEmpty(entry.value))
        .map(([, entry]) => found(entry.path, entry.value));
    },
  };
}

interface Leaf {
  readonly path: KeyPath;
  readonly value: unknown;
}

/** Tables are taken apart; lists are values. */
function leaves(value: object, above: KeyPath): Leaf[] {
  return Object.entries(value).flatMap(([key, inner]): Leaf[] => {
    const path = [...above, key];
    return isTable(inner) && above.length < 4 ? leaves(inner, path) : [{ path, value: inner }];
  });
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}
