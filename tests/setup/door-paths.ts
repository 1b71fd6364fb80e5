/** The public addresses of the functions, as their own configuration names them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { doorNames } from "../../build/functions.ts";
import { root } from "./site.ts";

export async function doorPaths(): Promise<readonly string[]> {
  const sources = await Promise.all(
    (await doorNames(root)).map((name) => readFile(path.join(root, "functions", `${name}.ts`), "utf8")),
  );
  return sources.flatMap((source) => /path: "([^"]+)"/.exec(source)?.[1] ?? []);
}
