/** A small site of its own for a test, on the disk, broken as the test likes. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { copyDataWithoutPosts } from "../../bench/data-without-posts.ts";
import { loadBlog } from "../../site/content/load.ts";
import { ContentError } from "../../site/content/problem.ts";
import { root } from "../setup/site.ts";

/** The repository's data, without its references to posts, and no posts; `files` are written over it. */
export async function siteInAFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await copyDataWithoutPosts(root, folder);
  await mkdir(path.join(folder, "posts"));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  return folder;
}

/** The report that the author of these files reads; empty when there is nothing to report. */
export async function reportOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  try {
    await loadBlog(await siteInAFolder(files));
    return "";
  } catch (error) {
    if (error instanceof ContentError) return error.message;
    throw error;
  }
}

export function post(frontMatter: Readonly<Record<string, string>> = {}, body = "Text.\n"): string {
  const front = {
    title: "A post",
    description: "What a post of a test says to those who read its lists.",
    published: "2026-03-14",
    ...frontMatter,
  };
  return `---\n${Object.entries(front)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("")}---\n${body}`;
}
