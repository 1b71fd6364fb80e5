/** Holds a parsed value against its schema and says what is wrong in an author's words. */
import * as v from "valibot";
import { nearest } from "../nearest.ts";
import type { ContentProblem } from "./problem.ts";
import type { Source } from "./source.ts";
import type { KeyPath, Structured } from "./structured.ts";

type Checked<T> =
  | { readonly value: T; readonly problems: readonly ContentProblem[] }
  | { readonly value: undefined; readonly problems: readonly ContentProblem[] };

/** The checked value, or every problem of the file. Syntax errors hide schema errors, which would only echo them. */
export function check<S extends v.GenericSchema>(
  source: Source,
  parsed: Structured,
  schema: S,
): Checked<v.InferOutput<S>> {
  if (parsed.syntaxErrors.length > 0) {
    const problems = parsed.syntaxErrors.map(({ offset, message }) =>
      source.problemAt(offset, { code: "syntax", problem: message }),
    );
    return { value: undefined, problems };
  }
  const unknown = unknownKeys(schema, parsed.value, []).map((path) => unknownKey(source, parsed, path, schema));
  // To the schema library a list is an object too.
  const value = unwrap(schema).entries && Array.isArray(parsed.value) ? null : parsed.value;
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success && unknown.length === 0) return { value: result.output, problems: [] };
  const issues = (result.issues ?? []).flatMap(innermost).filter((issue) => !isUnknownKey(issue));
  return { value: undefined, problems: [...unknown, ...issues.map((issue) => toProblem(source, parsed, issue))] };
}

/** The schema library names the first one of an object only, and none that every object inherits. */
function unknownKeys(schema: unknown, value: unknown, path: KeyPath): KeyPath[] {
  const { entries, item } = unwrap(schema);
  if (Array.isArray(value)) return item ? value.flatMap((one, at) => unknownKeys(item, one, [...path, at])) : [];
  if (!entries || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    Object.hasOwn(entries, key) ? unknownKeys(entries[key], one, [...path, key]) : [[...path, key]],
  );
}

function unknownKey(source: Source, parsed: Structured, path: KeyPath, schema: v.GenericSchema): ContentProblem {
  const name = String(path.at(-1));
  const near = nearest(name, keysOf(schema, path.slice(0, -1)));
  return source.problemAt(parsed.offsetOf(path, "key"), {
    code: "unknown-key",
    key: path.join("."),
    problem: `unknown key "${name}"`,
    hint: near ? `did you mean "${near}"?` : undefined,
  });
}

function isUnknownKey(issue: v.BaseIssue<unknown>): boolean {
  return issue.type === "strict_object" && issue.expected === "never";
}

/** A union reports itself; the issues of its members say more. */
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  return issue.type === "variant" || !issue.issues ? [issue] : [...issue.issues].flatMap(innermost);
}

function toProblem(source: Source, parsed: Structured, issue: v.BaseIssue<unknown>): ContentProblem {
  const path: KeyPath = (issue.path ?? []).map((item) => item.key as string | number);
  const key = path.join(".") || undefined;
  const name = String(path.at(-1) ?? "");
  if (issue.type === "strict_object" && issue.received === "undefined" && path.length > 0) {
    return source.problemAt(parsed.offsetOf(path.slice(0, -1), "value"), {
      code: "missing-key",
      key,
      problem: `"${name}" is missing`,
    });
  }
  const message = issue.type === "strict_object" ? 'must be keys and values, such as "title: …"' : issue.message;
  const problem = key ? `"${key}" ${message}` : message;
  return source.problemAt(parsed.offsetOf(path, "value"), { code: "invalid-value", key, problem });
}

/** The keys a schema knows at a path, for "did you mean". */
function keysOf(schema: unknown, path: KeyPath): string[] {
  const inner = unwrap(schema);
  if (path.length === 0) return Object.keys(inner.entries ?? {});
  const [step, ...rest] = path;
  return keysOf(typeof step === "number" ? inner.item : inner.entries?.[String(step)], rest);
}

interface SchemaShape {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly item?: unknown;
  readonly wrapped?: unknown;
}

function unwrap(schema: unknown): SchemaShape {
  const shape = (schema ?? {}) as SchemaShape;
  return shape.wrapped ? unwrap(shape.wrapped) : shape;
}
