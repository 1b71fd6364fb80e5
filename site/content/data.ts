/** The JSON files of _data/, read once, each with the way back from a value to its place. */
import type * as v from "valibot";
import { check } from "./check.ts";
import type { ContentProblem } from "./problem.ts";
import { dataSchemas } from "./schemas.ts";
import { type ProblemWords, tryReadSource } from "./source.ts";
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
  for (const [name, schema] of Object.entries(dataSchemas)) {
    const source = await tryReadSource(root, `_data/${name}.json`, problems);
    if (!source) continue;
    const parsed = parseJson(source.text);
    const checked = check(source, parsed, schema);
    problems.push(...checked.problems);
    const at: DataFile<unknown>["at"] = (path, words) =>
      source.problemAt(parsed.offsetOf(path, "value"), { ...words, key: path.join(".") });
    if (checked.value !== undefined) files.push([name, { value: checked.value, at }]);
  }
  return Object.fromEntries(files) as LoadedData;
}
