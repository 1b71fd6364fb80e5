/** Eleventy. @see https://www.11ty.dev/docs/permalinks/ */

import { readFileSync } from "node:fs";
import path from "node:path";
import { parseYaml } from "../../content/structured.ts";
import type { SourceFrontMatter } from "../front-matter.ts";
import { kebab } from "../names.ts";
import { type LookUp, liquid } from "../templates/liquid.ts";
import { asRecord, asText } from "../values.ts";
import { siteOf, valueAt } from "./config.ts";
import type { FolderBlog, Project } from "./folder.ts";
import type { Page } from "./page.ts";
import { exists, firstText } from "./project-files.ts";
import { addressNamedIn, programs } from "./site-settings.ts";

export const eleventyMarks = ["eleventy.config", ".eleventy"].flatMap(programs);

/** Of the global data, what authors mostly call the facts of their site. */
const settings = ["site", "metadata", "meta"].flatMap((name) =>
  ["_data", "src/_data"].flatMap((folder) => [`${folder}/${name}.json`, ...programs(`${folder}/${name}`)]),
);
/** Collections of eleventy-base-blog, which are no topics. */
const notTopics = ["all", "nav", "post", "posts"];

export async function eleventy({ root, source }: Project): Promise<FolderBlog> {
  const { text } = await firstText(root, eleventyMarks);
  const named =
    /\binput\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ??
    /setInputDirectory\(\s*["'`]([^"'`]+)/.exec(text)?.[1] ??
    ".";
  const input = path.join(root, named);
  const isInput = source === root || !path.relative(input, source).startsWith("..");
  const content = (await exists(input)) && isInput ? input : source;
  const isProject = (source === root || source === content) && (await exists(path.join(content, "posts")));
  const global = globalData([content, root, path.join(root, "src")]);
  const { hosts } = siteOf(await addressNamedIn(root, settings));
  return {
    content,
    hosts,
    basePath: /\bpathPrefix\s*:\s*["'`](\/[^"'`]*?)\/?["'`]/.exec(text)?.[1] ?? "",
    publicFolders: [content, root, path.join(root, "public"), path.join(root, "static"), path.join(root, "src")],
    isPost: (file) =>
      !/(?:^|\/)(?:\.\.\/|_[^/]*\/|readme\.|license|changelog)/i.test(file) && (!isProject || file.includes("/")),
    templates: ({ front }) =>
      runsTemplates(front)
        ? liquid((name) => asText(front.take(name.toLowerCase())?.value) ?? global(name))
        : undefined,
    notTopics,
    defaults: (file) => directoryData(content, file),
    address: addressOf,
    separator: /\n/,
  };
}

/** `templateEngineOverride: md` leaves Markdown alone. @see https://www.11ty.dev/docs/languages/#override-the-template-language */
function runsTemplates(front: SourceFrontMatter): boolean {
  const override = front.take("templateengineoverride")?.value;
  return override === undefined || /njk|liquid|hbs|webc/i.test(String(override));
}

/** `posts/posts.json` and `posts/posts.11tydata.json`; programs are not run. */
function directoryData(content: string, file: string): Readonly<Record<string, unknown>> {
  const folders = path.posix.dirname(file).split("/");
  const levels = folders.map((name, at) => path.join(content, ...folders.slice(0, at + 1), name));
  return Object.assign({}, ...levels.flatMap((stem) => [`${stem}.json`, `${stem}.11tydata.json`].map(jsonOf)));
}

/** `site.title` of `_data/site.json`, in the first of several folders. */
function globalData(folders: readonly string[]): LookUp {
  return (name) => {
    const [file = "", ...keys] = name.split(".");
    const data = folders.map((folder) => jsonOf(path.join(folder, "_data", `${file}.json`)));
    return data.map((one) => asText(valueAt(one, keys.join(".")))).find((value) => value !== undefined);
  };
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
  if (permalink) {
    const filled = permalink.replace(
      output,
      (whole, name: string, filters: string) => wordOf(page, name, filters) ?? whole,
    );
    return /[{}]/.test(filled) || filled === "false"
      ? undefined
      : `/${filled.replace(/^\/+/, "").replace(/index\.html$/, "")}`;
  }
  const folders = page.file.split("/").slice(0, /(?:^|\/)index\.\w+$/.test(page.file) ? -2 : -1);
  return `/${[...folders, page.name].join("/")}/`;
}

const output = /\{\{-?\s*(?:page\.)?(\w+)((?:\s*\|\s*\w+(?:\s*[:(]\s*["'][^"']*["']\s*\)?)?)*)\s*-?\}\}/g;

/** A word of a permalink: of the page, or its date in the form that a filter asks for. */
function wordOf(page: Page, name: string, filters: string): string | undefined {
  const words: Readonly<Record<string, string>> = {
    fileslug: page.name,
    slug: page.slug ?? page.name,
    title: kebab(page.title),
  };
  const format = /["']([^"']*)["']/.exec(filters)?.[1];
  if (name.toLowerCase() !== "date" || !format) return words[name.toLowerCase()];
  const [year = "", month = "", day = ""] = page.day.split("-");
  const date: Readonly<Record<string, string>> = { Y: year, y: year.slice(2), m: month, d: day };
  const filled = format.replace(/%([Yymd])/g, (_, letter: string) => date[letter] ?? "");
  return /%|[a-z]/i.test(filled) ? undefined : filled;
}
