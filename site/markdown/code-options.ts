/** What an author may ask of a code block behind its language, and every mistake in it. */
import { nearest } from "../nearest.ts";
import { type FenceInfo, type FencePart, type Report, rangesOf } from "./fence-info.ts";

export interface CodeOptions {
  readonly title: string | undefined;
  /** 1-based numbers of lines, as are those below. */
  readonly marked: ReadonlySet<number>;
  /** Lines that stand out by the others' stepping back; empty for none. */
  readonly focused: ReadonlySet<number>;
  readonly words: readonly string[];
  /** Number of the first line; absent without line numbers. */
  readonly numbers: number | undefined;
  /** Lines that show before the reader asks for all; absent when all do. */
  readonly shown: number | undefined;
  readonly isDiff: boolean;
}

/** How each option is written; the empty one is braces that stand alone. */
const forms: Readonly<Record<string, { readonly is: readonly FencePart["form"][]; readonly example: string }>> = {
  title: { is: ["quoted"], example: 'title="file.ts"' },
  "": { is: ["braces"], example: "{3-5,8}" },
  words: { is: ["quoted"], example: 'words="one,two"' },
  focus: { is: ["braces"], example: "focus={3-5}" },
  numbers: { is: ["word", "plain"], example: "numbers or numbers=10" },
  collapse: { is: ["word", "plain"], example: "collapse or collapse=12" },
  diff: { is: ["word"], example: "diff" },
};

const shownByDefault = 10;

/** `code` without its last line end. */
export function codeOptions(info: FenceInfo, code: string, report: Report): CodeOptions {
  const parts = wellFormed(info, report);
  const partOf = (name: string) => parts.find((part) => part.name === name);
  const count = code.split("\n").length;
  const linesOf = (name: string) =>
    new Set(parts.filter((part) => part.name === name).flatMap((part) => linesIn(part, count, report)));
  return {
    title: info.options.get("title") || undefined,
    marked: linesOf(""),
    focused: linesOf("focus"),
    words: wordsIn(partOf("words"), code, report),
    numbers: numberIn(partOf("numbers"), 1, report),
    shown: shownLines(partOf("collapse"), count, report),
    isDiff: partOf("diff") !== undefined,
  };
}

/** The options that can be read; of the others the author is told. Braces may stand more than once. */
function wellFormed({ parts }: FenceInfo, report: Report): readonly FencePart[] {
  return parts.filter((part, index) => {
    const { name, form, at } = part;
    const known = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (!known || (name === "" && form === "quoted")) reportUnknown(part, report);
    else if (form === "open") {
      const closing = part.value?.startsWith("{") ? "brace" : "quote";
      report("unclosed-option", `the ${closing} is never closed`, `write ${known.example}`, at);
    } else if (!known.is.includes(form))
      report("invalid-option", `"${name}" is written otherwise`, `write ${known.example}`, at);
    else if (name !== "" && parts.findIndex((other) => other.name === name) < index)
      report("doubled-option", `"${name}" stands here a second time`, undefined, at);
    else return true;
    return false;
  });
}

function reportUnknown({ name, value = "", at }: FencePart, report: Report): void {
  const names = Object.keys(forms).filter(Boolean);
  const near = nearest(name, names);
  const word = /^\/(.+)\/$/.exec(name)?.[1];
  const known = `known are ${names.join(", ")}, and line numbers in braces`;
  const hint = word ? `write words="${word}"` : near ? `did you mean "${near}"?` : known;
  report("unknown-option", `unknown option "${name || value}"`, hint, at);
}

function linesIn(part: FencePart, count: number, report: Report): readonly number[] {
  const ranges = rangesOf(part);
  if (ranges.length === 0) report("missing-lines", "the braces name no lines", "write {3-5,8}", part.at);
  return ranges.flatMap(({ first, last, at, text }) => {
    if (first >= 1 && first <= last && last <= count)
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    report("missing-lines", `the code has no lines ${text || "of that name"}`, `it has 1 to ${count}`, at);
    return [];
  });
}

function wordsIn(part: FencePart | undefined, code: string, report: Report): readonly string[] {
  if (!part) return [];
  return [...(part.value ?? "").matchAll(/[^,]+/g)].flatMap(({ 0: written, index }) => {
    const word = written.trim();
    const from = part.valueFrom + index + written.indexOf(word);
    if (word && wordPattern(word).test(code)) return [word];
    const near = nearest(word, [...new Set(code.match(/[\p{L}\p{N}_$]+/gu))]);
    const hint = near ? `did you mean "${near}"?` : "it is looked for as a whole word";
    report("missing-word", `the code has no word "${word}"`, hint, [from, from + word.length]);
    return [];
  });
}

/** A word is found as a whole: `id` is not in `width`. */
export function wordPattern(word: string): RegExp {
  const letter = "[\\p{L}\\p{N}_$]";
  const before = new RegExp(`^${letter}`, "u").test(word) ? `(?<!${letter})` : "";
  const behind = new RegExp(`${letter}$`, "u").test(word) ? `(?!${letter})` : "";
  return new RegExp(before + RegExp.escape(word) + behind, "gu");
}

function numberIn(part: FencePart | undefined, fallback: number, report: Report): number | undefined {
  if (!part) return undefined;
  if (part.value === undefined) return fallback;
  if (/^\d{1,6}$/.test(part.value)) return Number(part.value);
  const problem = `"${part.name}" takes a number, not "${part.value}"`;
  report("invalid-option", problem, `write ${forms[part.name]?.example}`, part.at);
  return fallback;
}

function shownLines(part: FencePart | undefined, count: number, report: Report): number | undefined {
  const shown = numberIn(part, shownByDefault, report);
  if (!part || shown === undefined) return undefined;
  if (shown >= 1 && shown < count) return shown;
  const has = `the code has ${count} line${count === 1 ? "" : "s"}`;
  const problem = shown < 1 ? '"collapse" leaves one line at least' : `"collapse" would hide nothing of ${shown} lines`;
  report("nothing-to-collapse", problem, has, part.at);
  return undefined;
}
