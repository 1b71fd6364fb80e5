/** Exports in JSON: values with the places at which they stand. */
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import { type KeyPath, parseJson } from "../../content/structured.ts";
import { type Draft, draftOf, replaceAll } from "../draft.ts";

export interface JsonExport {
  readonly value: unknown;
  /** Offset of a value, or of what is around it where it is absent. */
  offsetOf(path: KeyPath): number;
  /** A text that stands at a path; each place of it knows where in the file it is written. */
  draftAt(path: KeyPath): Draft;
}

/** Undefined when it is no JSON; `problems` then say where. */
export function readJson({ text, problemAt }: Source, problems: ContentProblem[]): JsonExport | undefined {
  const { value, syntaxErrors, offsetOf } = parseJson(text);
  if (syntaxErrors.length > 0) {
    const hint = "nothing of this file was read; export it again";
    for (const { offset, message } of syntaxErrors.slice(0, 1))
      problems.push(problemAt(offset, { code: "syntax", problem: message, hint }));
    return undefined;
  }
  const start = offsetOf([], "value");
  return {
    value,
    offsetOf: (path) =>
      path.map((_, at) => offsetOf(path.slice(0, path.length - at), "value")).find((at) => at > start) ?? start,
    draftAt: (path) => stringDraft(text, offsetOf(path, "value")),
  };
}

const signs: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** `start` is that of the quotation mark. @see RFC 8259 §7 */
function stringDraft(text: string, start: number): Draft {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  const written = draftOf(text.slice(start + 1, end), start + 1);
  return replaceAll(written, /\\(?:u([0-9a-fA-F]{4})|(.))/g, ([, code, sign = ""]) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (signs[sign] ?? sign),
  );
}
