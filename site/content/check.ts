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
  const result = v.safeParse(schema, parsed.value);
  if (result.success) return { value: result.output, problems: [] };
  return {
    value: undefined,
    problems: result.issues.flatMap(innermost).map((issue) => toProblem(source, parsed, issue, schema)),
  };
}

/** A union reports itself; the issues of its members say more. */
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  return issue.type === "variant" || !issue.issues ? [issue] : [...issue.issues].flatMap(innermost);
}

function toProblem(
  source: Source,
  parsed: Structured,
  issue: v.BaseIssue<unknown>,
  schema: v.GenericSchema,
): ContentProblem {
  const path: KeyPath = (issue.path ?? []).map((item) => item.key as string | number);
  const key = path.join(".") || undefined;
  const name = String(path.at(-1) ?? "");
  if (issue.type === "strict_object" && issue.expected === "never") {
    const near = nearest(name, keysOf(schema, path.slice(0, -1)));
    const hint = near ? `did you mean "${near}"?` : undefined;
    return source.problemAt(parsed.offsetOf(path, "key"), {
      code: "unknown-key",
      key,
      problem: `unknown key "${name}"`,
      hint,
    });
  }
  if (issue.type === "strict_object" && issue.received === "undefined" && path.length > 0) {
    return source.problemAt(parsed.offsetOf(path.slice(0, -1), "value"), {
      code: "missing-key",
      key,
      problem: `"${name}" is missing`,
    });
  }
  const problem = key ? `"${key}" ${issue.message}` : issue.message;
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
