/** An old blog of a few files, imported into an empty site. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { importBlog } from "../../site/import/import.ts";
import type { Engine } from "../../site/import/recognise.ts";

export interface Imported {
  /** Text of a new post by its name, `2019-01-02-quiet` or `quiet`; empty when there is none. */
  post(name: string): string;
  /** Names of all new posts, and of the files beside them. */
  readonly files: readonly string[];
  /** `content/quiet.md:3:1 there is no title; it became "Quiet"`, in their order. */
  readonly told: readonly string[];
}

/** `files` are texts by their paths; `source` is the folder that the author names, the whole project unless it is given. */
export async function imported(
  engine: Engine,
  files: Readonly<Record<string, string>>,
  source = "",
): Promise<Imported> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, "old", file)), { recursive: true });
    await writeFile(path.join(folder, "old", file), text);
  }
  const target = path.join(folder, "posts");
  const { problems } = await importBlog({
    source: path.join("old", source),
    cwd: folder,
    engine,
    target,
    isDryRun: false,
    zone: "UTC",
    host: "blog.example",
    now: new Date("2026-11-24T12:00:00Z"),
  });
  const names = (await readdir(target, { recursive: true }).catch(() => [])).filter((name) => /\.\w+$/.test(name));
  const texts = new Map<string, string>();
  for (const name of names.filter((one) => one.endsWith(".md")))
    texts.set(name.replace(/(?:\/index)?\.md$/, ""), await readFile(path.join(target, name), "utf8"));
  return {
    post: (name) =>
      texts.get(name) ?? [...texts].find(([one]) => one.replace(/^\d{4}-\d{2}-\d{2}-/, "") === name)?.[1] ?? "",
    files: names.filter((name) => !name.endsWith(".import.json")).sort(),
    told: problems.map(({ file, line, column, problem, hint }) =>
      [`${file.replace(/^old\/?/, "")}:${line}:${column} ${problem}`, hint].filter(Boolean).join("; "),
    ),
  };
}

/** The Markdown below the front matter. */
export function bodyOf(post: string): string {
  return post.replace(/^---\n[\s\S]*?\n---\n\n?/, "");
}
