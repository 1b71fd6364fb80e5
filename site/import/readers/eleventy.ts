/** Eleventy. @see https://www.11ty.dev/docs/permalinks/ */

import { readFileSync } from "node:fs";
import path from "node:path";
import { parseYaml } from "../../content/structured.ts";
import { kebab } from "../names.ts";
import { liquid } from "../templates/liquid.ts";
import { asRecord } from "../values.ts";
import type { FolderBlog, Project } from "./folder.ts";
import type { Page } from "./page.ts";
import { exists, firstText } from "./project-files.ts";

export const eleventyMarks = ["eleventy.config", ".eleventy"].flatMap((name) =>
  ["js", "mjs", "cjs", "ts"].map((extension) => `${name}.${extension}`),
);

export async function eleventy({ root, source }: Project): Promise<FolderBlog> {
  const { text } = await firstText(root, eleventyMarks);
  const named =
    /\binput\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ??
    /setInputDirectory\(\s*["'`]([^"'`]+)/.exec(text)?.[1] ??
    ".";
  const input = path.join(root, named);
  const content = (await exists(input)) && !path.relative(input, source).startsWith("..") ? input : source;
  const isProject = source === content && (await exists(path.join(content, "posts")));
  return {
    content,
    publicFolders: [content, root, path.join(root, "public"), path.join(root, "static"), path.join(root, "src")],
    isPost: (file) =>
      !/(?:^|\/)(?:_[^/]*\/|readme\.|license|changelog)/i.test(file) && (!isProject || file.includes("/")),
    templates: () => liquid,
    defaults: (file) => directoryData(content, file),
    address: addressOf,
    separator: /\n/,
  };
}

/** `posts/posts.json` and `posts/posts.11tydata.json`; programs are not run. */
function directoryData(content: string, file: string): Readonly<Record<string, unknown>> {
  const folders = path.posix.dirname(file).split("/");
  const levels = folders.map((name, at) => path.join(content, ...folders.slice(0, at + 1), name));
  return Object.assign({}, ...levels.flatMap((stem) => [`${stem}.json`, `${stem}.11tydata.json`].map(jsonOf)));
}

function jsonOf(file: string): Readonly<Record<string, unknown>> {
  try {
    return asRecord(parseYaml(readFileSync(file, "utf8"), 0).value);
  } catch {
    return {};
  }
}

function addressOf(page: Page): string | undefined {
  const { permalink } = page;
  const words: Readonly<Record<string, string>> = {
    fileslug: page.name,
    slug: page.slug ?? page.name,
    title: kebab(page.title),
  };
  if (permalink) {
    const filled = permalink.replace(
      /\{\{-?\s*(?:page\.)?(\w+)(?:\s*\|\s*\w+)*\s*-?\}\}/g,
      (whole, name: string) => words[name.toLowerCase()] ?? whole,
    );
    return /[{}]/.test(filled) || filled === "false"
      ? undefined
      : `/${filled.replace(/^\/+/, "").replace(/index\.html$/, "")}`;
  }
  const folders = page.file.split("/").slice(0, /(?:^|\/)index\.\w+$/.test(page.file) ? -2 : -1);
  return `/${[...folders, page.name].join("/")}/`;
}
