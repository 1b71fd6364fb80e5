/** `npm run new -- "Title" [--series "Name"] [--folder]`: a post to begin with. */
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { DateTime } from "luxon";
import { ConfigError, readSiteConfig } from "../site/config.ts";
import { loadContent } from "../site/content/load.ts";
import { newPost } from "../site/content/new-post.ts";
import { explain } from "./terminal.ts";

const usage = 'npm run new -- "Title of the post" [--series "Name"] [--folder]';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { series: { type: "string" }, folder: { type: "boolean", default: false } },
  });
  const title = positionals.join(" ").trim();
  if (!title) throw new ConfigError(`A post needs a title: ${usage}`);
  const root = path.resolve(import.meta.dirname, "..");
  const { blog } = await loadContent(root, { cache: path.join(root, ".cache") });
  const today =
    DateTime.now()
      .setZone(blog?.site.timezone ?? "UTC")
      .toISODate() ?? "";
  const parts = (blog?.posts ?? []).filter((post) => values.series && post.series?.name === values.series).length;
  const post = newPost({ title, day: today, series: values.series, part: parts + 1, isFolder: values.folder });
  const file = path.join(root, post.file);
  await mkdir(path.dirname(file), { recursive: true });
  // "wx" makes the file or fails: nothing is ever overwritten, not even by two of us at once.
  await writeFile(file, post.text, { flag: "wx" });
  console.log(post.file);
  const { editor } = readSiteConfig(root);
  if (editor) spawnSync(editor, [file], { stdio: "inherit", shell: true });
} catch (error) {
  const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
  console.error(exists ? "There is a post of that name already; nothing was changed." : explain(error));
  process.exitCode = 1;
}
