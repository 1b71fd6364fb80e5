/** Hugo. @see https://gohugo.io/content-management/urls/ */
import path from "node:path";
import { kebab } from "../names.ts";
import { hugo as shortcodes } from "../templates/hugo.ts";
import { asFlag, asRecord, asText } from "../values.ts";
import { type Config, dateWords, fillIn, siteOf, valueAt } from "./config.ts";
import type { FolderBlog, Project } from "./folder.ts";
import { commonFolder, languageFolders, readHugoConfig } from "./hugo-config.ts";
import type { Page } from "./page.ts";
import { exists, posix } from "./project-files.ts";

const names = ["hugo", "config"].flatMap((name) =>
  ["toml", "yaml", "yml", "json"].map((extension) => `${name}.${extension}`),
);
export const hugoMarks = [...names, "config/_default", "archetypes"];

export async function hugo({ root, source }: Project): Promise<FolderBlog> {
  const config = await readHugoConfig(root, names);
  const contentDir = path.join(root, asText(valueAt(config, "contentDir")) ?? "content");
  const languages = languageFolders(root, config);
  const folder = commonFolder(languages.size > 0 ? [...languages.values()] : [contentDir]);
  const isInside = source === root || !path.relative(folder, source).startsWith("..");
  const content = (await exists(folder)) && isInside ? folder : source;
  const placeOf = (file: string) =>
    placeBelow(path.join(content, file), languages) ?? { path: file, language: undefined };
  return {
    content,
    publicFolders: [path.join(root, asText(valueAt(config, "staticDir")) ?? "static"), path.join(root, "assets")],
    ...siteOf(valueAt(config, "baseURL")),
    zone: asText(valueAt(config, "timeZone")),
    isPost: (file) =>
      !file.startsWith("../") && !/(?:^|\/)_index(?:\.\w+)?\.\w+$/.test(file) && /\.(?:md|markdown)$/i.test(file),
    templates: () => shortcodes,
    language: (file) => notMain(placeOf(file).language, config),
    address: (page) => {
      const { path: file, language } = placeOf(page.file);
      return addressOf({ ...page, file, language: page.language ?? language }, config);
    },
  };
}

/** Language of a file by its folder, and its path from there. */
function placeBelow(file: string, languages: ReadonlyMap<string, string>) {
  const [language, folder] = [...languages].find(([, one]) => file.startsWith(one + path.sep)) ?? [];
  return folder === undefined ? undefined : { language, path: posix(path.relative(folder, file)) };
}

function mainLanguage(config: Config): string {
  return asText(valueAt(config, "defaultContentLanguage")) ?? "en";
}

function notMain(language: string | undefined, config: Config): string | undefined {
  return language === mainLanguage(config) ? undefined : language;
}

/** `/de`; mostly empty for the main language. */
function languagePrefix(language: string | undefined, config: Config): string {
  const shown = asFlag(valueAt(config, "defaultContentLanguageInSubdir"))
    ? (language ?? mainLanguage(config))
    : notMain(language, config);
  return shown ? `/${shown}` : "";
}

function addressOf(page: Page, config: Config): string | undefined {
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
  const prefix = languagePrefix(page.language, config);
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
