/** Hugo. @see https://gohugo.io/content-management/urls/ */
import path from "node:path";
import { kebab } from "../names.ts";
import { hugo as shortcodes } from "../templates/hugo.ts";
import { asFlag, asRecord, asText } from "../values.ts";
import { type Config, dateWords, fillIn, readConfig, siteOf, valueAt } from "./config.ts";
import type { FolderBlog, Project } from "./folder.ts";
import type { Page } from "./page.ts";
import { exists } from "./project-files.ts";

const names = ["hugo", "config"].flatMap((name) =>
  ["toml", "yaml", "yml", "json"].map((extension) => `${name}.${extension}`),
);
const configs = [...names, ...names.map((name) => `config/_default/${name}`)];
export const hugoMarks = [...names, "config/_default", "archetypes"];

export async function hugo({ root, source }: Project): Promise<FolderBlog> {
  const config = await readConfig(root, configs);
  const contentDir = path.join(root, asText(valueAt(config, "contentDir")) ?? "content");
  const content =
    (await exists(contentDir)) && !path.relative(contentDir, source).startsWith("..") ? contentDir : source;
  const isRoot = source === root;
  const mainLanguage = asText(valueAt(config, "defaultContentLanguage")) ?? "en";
  return {
    content: isRoot && (await exists(contentDir)) ? contentDir : content,
    publicFolders: [path.join(root, asText(valueAt(config, "staticDir")) ?? "static"), path.join(root, "assets")],
    ...siteOf(valueAt(config, "baseURL")),
    zone: asText(valueAt(config, "timeZone")),
    isPost: (file) =>
      !file.startsWith("../") && !/(?:^|\/)_index(?:\.\w+)?\.\w+$/.test(file) && /\.(?:md|markdown)$/i.test(file),
    templates: () => shortcodes,
    address: (page) => addressOf(page, config, mainLanguage),
  };
}

function addressOf(page: Page, config: Config, mainLanguage: string): string | undefined {
  const url = page.permalink;
  if (url) return url.startsWith("/") ? url : `/${url}`;
  const sections = page.file.split("/").slice(0, /(?:^|\/)index(?:\.\w+)?\.\w+$/.test(page.file) ? -2 : -1);
  const [section = ""] = sections;
  const permalinks = asRecord(valueAt(config, "permalinks"));
  const pattern = asText(valueAt(asRecord(permalinks["page"]), section)) ?? asText(valueAt(permalinks, section));
  const slug = page.slug ?? fileName(page);
  const words = {
    ...dateWords(page.day),
    section,
    sections: sections.join("/"),
    title: kebab(page.title),
    slug: page.slug ?? kebab(page.title),
    slugorfilename: slug,
    slugorcontentbasename: slug,
    filename: fileName(page),
    contentbasename: fileName(page),
  };
  const plain = pattern ? fillIn(pattern, words) : `/${[...sections, slug].join("/")}/`;
  const prefix = page.language && page.language !== mainLanguage ? `/${page.language}` : "";
  const isUgly = asFlag(valueAt(config, "uglyURLs")) ?? false;
  const address = plain && `${prefix}${plain}`.replace(/\s+/g, "-").toLowerCase();
  return isUgly ? address?.replace(/\/$/, ".html") : address && `${address.replace(/\/$/, "")}/`;
}

/** As it stands on the disk: Hugo keeps a date in front. */
function fileName({ file }: Page): string {
  const parts = file.replace(/(?:\.[a-z]{2}(?:-[a-z]{2})?)?\.\w+$/i, "").split("/");
  const last = parts.at(-1) ?? "";
  return last === "index" ? (parts.at(-2) ?? last) : last;
}
