/** The JSON files of _data/, read once, each with the way back from a value to its place. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type * as v from "valibot";
import { nearest } from "../nearest.ts";
import { check } from "./check.ts";
import type { ContentProblem } from "./problem.ts";
import { dataSchemas, optionalData } from "./schemas.ts";
import { type ProblemWords, sourceOf, tryReadSource } from "./source.ts";
import { type KeyPath, parseJson } from "./structured.ts";

export interface DataFile<T> {
  readonly value: T;
  /** Puts a problem at a value of the file. */
  readonly at: (path: KeyPath, words: ProblemWords) => ContentProblem;
}

type DataSchemas = typeof dataSchemas;
/** A file with a mistake in it is absent. */
export type LoadedData = { readonly [name in keyof DataSchemas]?: DataFile<v.InferOutput<DataSchemas[name]>> };

/** Adds what is wrong to `problems`. */
export async function readData(root: string, problems: ContentProblem[]): Promise<LoadedData> {
  const files: [string, DataFile<unknown>][] = [];
  const present = await readdir(path.join(root, "_data")).catch((): string[] => []);
  for (const [name, schema] of Object.entries(dataSchemas)) {
    if (optionalData.has(name) && !present.includes(`${name}.json`)) continue;
    const source = tryReadSource(root, `_data/${name}.json`, problems);
    if (!source) continue;
    const parsed = parseJson(source.text);
    const checked = check(source, parsed, schema);
    problems.push(...checked.problems);
    const at: DataFile<unknown>["at"] = (path, words) =>
      source.problemAt(parsed.offsetOf(path, "value"), { ...words, key: path.join(".") });
    if (checked.value !== undefined) files.push([name, { value: checked.value, at }]);
  }
  problems.push(...strangers(present));
  return Object.fromEntries(files) as LoadedData;
}

/** Nobody reads a file of another name; mostly it is a slip. */
function strangers(present: readonly string[]): ContentProblem[] {
  const known = Object.keys(dataSchemas).map((name) => `${name}.json`);
  return present
    .filter((name) => !known.includes(name) && !name.startsWith("."))
    .map((name) => {
      const near = nearest(name, known);
      const hint = near ? `did you mean ${near}?` : `known are ${known.join(", ")}`;
      const words = { code: "unknown-file", problem: "nobody reads this file", hint, severity: "warning" } as const;
      return sourceOf(`_data/${name}`, "").problemAt(0, words);
    });
}
