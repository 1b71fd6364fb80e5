/** Zola. @see https://www.getzola.org/documentation/content/page/ */
import path from "node:path";
import { kebab } from "../names.ts";
import { zola as shortcodes } from "../templates/zola.ts";
import { asText } from "../values.ts";
import { readConfig, siteOf, valueAt } from "./config.ts";
import type { FolderBlog, Project } from "./folder.ts";
import type { Page } from "./page.ts";
import { exists } from "./project-files.ts";

export async function zola({ root, source }: Project): Promise<FolderBlog> {
  const config = await readConfig(root, ["zola.toml", "config.toml"]);
  const contentDir = path.join(root, "content");
  const content =
    (await exists(contentDir)) && (source === root || !path.relative(contentDir, source).startsWith(".."))
      ? contentDir
      : source;
  const mainLanguage = asText(valueAt(config, "default_language")) ?? "en";
  return {
    content,
    publicFolders: [path.join(root, "static"), content],
    ...siteOf(valueAt(config, "base_url")),
    isPost: (file) => !file.startsWith("../") && !/(?:^|\/)_index(?:\.\w+)?\.md$/.test(file),
    templates: () => shortcodes,
    address: (page) => addressOf(page, mainLanguage),
  };
}

function addressOf(page: Page, mainLanguage: string): string {
  if (page.permalink) return `/${page.permalink.replace(/^\/+|\/+$/g, "")}/`;
  const prefix = page.language && page.language !== mainLanguage ? `/${page.language}` : "";
  const sections = page.file.split("/").slice(0, /(?:^|\/)index(?:\.\w+)?\.md$/.test(page.file) ? -2 : -1);
  return `${prefix}/${[...sections, page.slug ?? kebab(page.name)].join("/")}/`;
}
