/** Bundles every door into one file of its own: a function that starts cold reads and parses nothing it does not need. */
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import type { GeneratedFiles } from "./generated.ts";

/** CommonJS packages inside an ES module still call `require`. */
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Leaves out what nobody here calls of the database driver, a tenth of it: replication and large objects. */
const smallerDriver: Plugin = {
  name: "smaller-driver",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]postgres[\\/]src[\\/](?:subscribe|large)\.js$/ }, () => ({
      contents: "export default () => {};",
    }));
  },
};

/** The names of the doors: every `.ts` file at the top of functions/. */
export async function doorNames(root: string): Promise<string[]> {
  const entries = await readdir(path.join(root, "functions"), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => entry.name.slice(0, -".ts".length))
    .sort();
}

/** The public addresses of the doors, as their own configuration names them; a trailing `*` stands for anything. */
export async function doorPaths(root: string): Promise<string[]> {
  const names = await doorNames(root);
  const sources = await Promise.all(names.map((name) => readFile(path.join(root, "functions", `${name}.ts`), "utf8")));
  return sources.flatMap((source) => /path: "([^"]+)"/.exec(source)?.[1] ?? []);
}

/** Writes `<door>.mjs` files to `output`, absolute, replacing it as a whole. `generated` has the file behind each `#name`. */
export async function bundleFunctions(
  root: string,
  output: string,
  generated: GeneratedFiles,
): Promise<readonly string[]> {
  const names = await doorNames(root);
  const staging = `${output}.next`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `functions/${name}.ts`),
    outdir: staging,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    alias: { ...generated },
    plugins: [smallerDriver],
    banner: { js: banner },
    logLevel: "warning",
  });
  await rm(output, { recursive: true, force: true });
  await rename(staging, output);
  return names;
}
