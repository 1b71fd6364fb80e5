/** The line behind a code fence taken apart: ```` ```sql title="dedupe.sql" {3-5,8} numbers=10 ````. */
import type Token from "markdown-it/lib/token.mjs";
import type { EnvProblem } from "./render.ts";

export interface FenceInfo {
  readonly language: string;
  readonly languageAt: Span;
  /** Bare words behind the language, `bar` in `chart bar`. */
  readonly words: readonly string[];
  /** Values by name; of a name that is written twice, the last. */
  readonly options: ReadonlyMap<string, string>;
  /** All that stands behind the language, as it is written. */
  readonly parts: readonly FencePart[];
}

export interface FencePart {
  /** Empty for braces that stand alone. */
  readonly name: string;
  /** Absent for a bare word. */
  readonly value: string | undefined;
  /** `open`: a quote or brace that is never closed. */
  readonly form: "word" | "quoted" | "braces" | "plain" | "open";
  readonly at: Span;
  /** Where the value begins; behind the name when there is none. */
  readonly valueFrom: number;
}

/** UTF-16 units from the beginning of the text behind the fence's signs. */
export type Span = readonly [from: number, to: number];

/** Tells the author of a mistake in a fence. */
export type Report = (code: string, problem: string, hint?: string, about?: About) => void;

/** What a mistake is about: a text or a place behind the fence, or a 0-based line of the code. */
export type About = string | Span | { readonly line: number };

/** What is quoted or in braces, what begins so and never ends, what has a plain value, and words. */
const part = new RegExp(
  [
    /(?:(?<key>[a-z-]+)=)?(?:"(?<quoted>[^"]*)"|\{(?<braces>[^{}]*)\})/,
    /(?:(?<openKey>[a-z-]+)=)?(?<open>["{].*)/,
    /(?<plainKey>[a-z-]+)=(?<plain>\S*)/,
    /(?<word>[^\s{"]+)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

export function parseFenceInfo(info: string): FenceInfo {
  const all = [...info.matchAll(part)].map(toPart);
  const [first] = all;
  const hasLanguage = first?.form === "word";
  const parts = hasLanguage ? all.slice(1) : all;
  return {
    language: hasLanguage ? first.name.toLowerCase() : "",
    languageAt: hasLanguage ? first.at : [0, 0],
    words: parts.filter(({ form }) => form === "word").map(({ name }) => name),
    options: new Map(parts.flatMap(({ name, value }) => (name && value !== undefined ? [[name, value]] : []))),
    parts,
  };
}

const forms = ["word", "open", "quoted", "braces", "plain"] as const;

function toPart({ 0: text, index, groups = {} }: RegExpExecArray): FencePart {
  const form = forms.find((name) => groups[name] !== undefined) ?? "plain";
  const value = form === "word" ? undefined : groups[form];
  const to = index + text.length;
  const isClosed = form === "quoted" || form === "braces";
  return {
    name: groups["key"] ?? groups["openKey"] ?? groups["plainKey"] ?? groups["word"] ?? "",
    value,
    form,
    at: [index, to],
    valueFrom: to - (value?.length ?? 0) - (isClosed ? 1 : 0),
  };
}

export interface LineRange {
  readonly first: number;
  readonly last: number;
  readonly at: Span;
  /** As it is written, `3-5`. */
  readonly text: string;
}

/** `3-5,8` in a part's braces; the numbers are not numbers when something else is written. */
export function rangesOf({ value = "", valueFrom }: FencePart): readonly LineRange[] {
  return [...value.matchAll(/[^,]+/g)].map(({ 0: written, index }) => {
    const text = written.trim();
    const [, first, last = first] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(text) ?? [];
    const from = valueFrom + index + written.indexOf(text);
    return { first: Number(first), last: Number(last), at: [from, from + text.length], text };
  });
}

/** A report for a fence, which finds the places in the article. */
export function reportFrom({ map, markup, info, content }: Token, problems: EnvProblem[]): Report {
  const line = map?.[0] ?? 0;
  const placeOf = (about: About | undefined): Pick<EnvProblem, "line" | "about" | "skip" | "length"> => {
    if (about === undefined || typeof about === "string") return { line, about };
    if ("line" in about) return { line: line + 1 + about.line, about: content.split("\n")[about.line] };
    const [from, to] = about;
    return { line, about: markup + info, skip: markup.length + from, length: to - from };
  };
  return (code, problem, hint, about) => problems.push({ code, problem, hint, ...placeOf(about) });
}
