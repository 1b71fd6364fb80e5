/** What the host keeps from one deploy to the next. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { root } from "../setup/site.ts";

interface CachePlugin {
  readonly onPreBuild: (context: object) => unknown;
  readonly onPostBuild: (context: object) => unknown;
}

test("restores before a build what it saved after the last one: the pictures and posts that a build keeps", async () => {
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
  // The tests' own build kept its things in a folder of its own.
  for (const name of paths)
    expect.soft(existsSync(path.join(root, name.replace(".cache/", ".cache/test/"))), name).toBe(true);
});
