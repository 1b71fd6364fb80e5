/** The versions of libraries on which files depend that are kept from one build to the next. */
import { readFileSync } from "node:fs";
import path from "node:path";

let dependencies: Readonly<Record<string, string>> | undefined;

/** In the order of `names`. */
export function pinnedVersions(names: readonly string[]): readonly (string | undefined)[] {
  dependencies ??= readDependencies();
  return names.map((name) => dependencies?.[name]);
}

function readDependencies(): Readonly<Record<string, string>> {
  const file = path.resolve(import.meta.dirname, "../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> }).dependencies;
}
