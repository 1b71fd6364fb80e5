/** The versions of own code and of libraries on which files depend that are kept from one build to the next. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

let dependencies: Readonly<Record<string, string>> | undefined;

/** In the order of `names`. */
export function pinnedVersions(names: readonly string[]): readonly (string | undefined)[] {
  dependencies ??= readDependencies();
  return names.map((name) => dependencies?.[name]);
}

/** Changes with the code in `files`, paths below site/, and with the versions of `packages`: 64 hexadecimal digits. */
export function codeVersion(files: readonly string[], packages: readonly string[]): string {
  const code = files.map((file) => readFileSync(path.join(import.meta.dirname, file), "utf8"));
  return hash("sha256", JSON.stringify([code, pinnedVersions(packages)]));
}

function readDependencies(): Readonly<Record<string, string>> {
  const file = path.resolve(import.meta.dirname, "../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> }).dependencies;
}
