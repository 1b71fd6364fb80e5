/** What the host keeps from one deploy to the next. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { root } from "../setup/site.ts";

interface CachePlugin {
  readonly onPreBuild: (context: object) => unknown;
  readonly onPostBuild: (context: object) => unknown;
}

test("restores before a build what it saved after the last one: all that a build keeps", async () => {
  const settings: unknown = parse(await readFile(path.join(root, "netlify.toml"), "utf8"));
  const { plugins } = settings as { readonly plugins: readonly { readonly package: string }[] };
  const [folder = ""] = plugins.map((plugin) => path.join(root, plugin.package));
  expect(existsSync(path.join(folder, "manifest.yml"))).toBe(true);
  const plugin: CachePlugin = await import(pathToFileURL(path.join(folder, "index.js")).href);
  const done: [string, readonly string[]][] = [];
  const cache = {
    restore: (paths: readonly string[]) => done.push(["restore", paths]),
    save: (paths: readonly string[]) => done.push(["save", paths]),
  };
  await plugin.onPreBuild({ utils: { cache } });
  await plugin.onPostBuild({ utils: { cache } });
  const [[, paths] = ["", []]] = done;
  expect(done).toEqual([
    ["restore", paths],
    ["save", paths],
  ]);
  expect([...paths].sort()).toEqual((await keptByTests()).map((name) => `.cache/${name}`).sort());
});

/** The tests' own build keeps its things in a folder with other ones; each cache has a mark of when it was last looked through. */
async function keptByTests(): Promise<readonly string[]> {
  const folder = path.join(root, ".cache/test");
  const names = await readdir(folder);
  return names.filter((name) => name === "posts.sqlite" || existsSync(path.join(folder, name, "pruned")));
}
