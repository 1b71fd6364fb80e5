/** Hugo's configuration: a file at the root, or a folder in which each file is a key. @see https://gohugo.io/configuration/ */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { asRecord, asText } from "../values.ts";
import { type Config, readConfig, valueAt } from "./config.ts";

/** `names` are those of the file at the root, which the folder may hold as well. */
export async function readHugoConfig(root: string, names: readonly string[]): Promise<Config> {
  const folder = path.join(root, "config/_default");
  const files = (await readdir(folder).catch(() => [])).filter((file) => /\.(?:toml|ya?ml|json)$/.test(file)).sort();
  const keys = files.filter((file) => !names.includes(file));
  const parts = keys.map(async (file) => [file.replace(/\.\w+$/, ""), await readConfig(folder, [file])] as const);
  return {
    ...(await readConfig(root, names)),
    ...(await readConfig(folder, names)),
    ...Object.fromEntries(await Promise.all(parts)),
  };
}

/** Absolute folders of the languages that have one of their own. */
export function languageFolders(root: string, config: Config): ReadonlyMap<string, string> {
  const languages = Object.entries(asRecord(valueAt(config, "languages")));
  return new Map(
    languages.flatMap(([language, options]) => {
      const folder = asText(valueAt(asRecord(options), "contentDir"));
      return folder ? [[language.toLowerCase(), path.join(root, folder)] as const] : [];
    }),
  );
}

/** The deepest folder that holds all of some. */
export function commonFolder([first = "", ...rest]: readonly string[]): string {
  return rest.reduce((common, folder) => {
    let at = common;
    while (path.relative(at, folder).startsWith("..")) at = path.dirname(at);
    return at;
  }, first);
}
