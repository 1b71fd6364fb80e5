/** Jekyll. @see https://jekyllrb.com/docs/permalinks/ */
import path from "node:path";
import type { SourceFrontMatter } from "../front-matter.ts";
import { kebab } from "../names.ts";
import { liquid } from "../templates/liquid.ts";
import { asRecord, asRecords, asText } from "../values.ts";
import { type Config, dateWords, fillIn, readConfig, siteOf, valueAt } from "./config.ts";
import type { FolderBlog, Project } from "./folder.ts";
import type { Page } from "./page.ts";

export const jekyllMarks = ["_config.yml", "_config.yaml", "_config.toml", "_posts"];

const styles: Readonly<Record<string, string>> = {
  date: "/:categories/:year/:month/:day/:title:output_ext",
  pretty: "/:categories/:year/:month/:day/:title/",
  ordinal: "/:categories/:year/:y_day/:title:output_ext",
  weekdate: "/:categories/:year/:month/:day/:title:output_ext",
  none: "/:categories/:title:output_ext",
};

export async function jekyll({ root, source }: Project): Promise<FolderBlog> {
  const config = await readConfig(root, ["_config.yml", "_config.yaml", "_config.toml"]);
  const isProject = source === root;
  return {
    content: root,
    publicFolders: [root],
    ...siteOf(valueAt(config, "url"), valueAt(config, "baseurl") ?? ""),
    zone: asText(valueAt(config, "timezone")),
    // Of a whole project, pages such as README.md and about.md are no posts.
    isPost: (file) => !isProject || /(?:^|\/)_(?:posts|drafts)\//.test(file) || isCollection(file, config),
    isDraft: ({ file }) => /(?:^|\/)_drafts\//.test(file),
    separator: /[\s,]+/,
    templates: ({ front }) => liquid((name) => lookUp(name, front, config)),
    defaults: (file) => defaultsFor(file, config),
    address: (page) => addressOf(page, config),
  };
}

/** `site.repository` of the configuration, `page.version` of the front matter. */
function lookUp(name: string, front: SourceFrontMatter, config: Config): string | undefined {
  const [scope, ...keys] = name.split(".");
  const key = keys.join(".");
  if (scope === "page") return asText(front.take(key.toLowerCase())?.value);
  return scope === "site" && !/^(?:url|baseurl|github\..*)$/.test(key) ? asText(valueAt(config, key)) : undefined;
}

function isCollection(file: string, config: Config): boolean {
  return Object.keys(asRecord(valueAt(config, "collections"))).some((name) => file.startsWith(`_${name}/`));
}

/** `defaults:` of the configuration: values by folder. */
function defaultsFor(file: string, config: Config): Config {
  const matching = asRecords(valueAt(config, "defaults")).filter(({ scope }) => {
    const folder = asText(asRecord(scope)["path"]) ?? "";
    return folder === "" || file.startsWith(`${folder.replace(/\/$/, "")}/`);
  });
  return Object.assign({}, ...matching.map(({ values }) => asRecord(values)));
}

function addressOf(page: Page, config: Config): string | undefined {
  const collection = collectionOf(page.file);
  const wish =
    page.permalink ??
    asText(valueAt(config, `collections.${collection}.permalink`)) ??
    (collection === "posts" ? (asText(valueAt(config, "permalink")) ?? "date") : "/:collection/:path:output_ext");
  const pattern = Object.hasOwn(styles, wish) ? (styles[wish] ?? wish) : wish;
  const [above = [], below = []] = splitAtCollection(page.file);
  const categories = [...(collection === "posts" ? above : []), ...page.categories];
  const name = path.posix.basename(page.file).replace(/\.\w+$/, "");
  const title = page.slug ?? name.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, "");
  return fillIn(pattern.replaceAll(":output_ext", ".html"), {
    ...dateWords(page.day),
    categories: categories.map((one) => one.toLowerCase().replace(/\s+/g, "-")).join("/"),
    slugified_categories: categories.map(kebab).join("/"),
    collection,
    path: [...below.slice(0, -1), name].join("/"),
    title,
    slug: kebab(title),
    name: collection === "posts" ? title : kebab(name),
    hour: "00",
    minute: "00",
    second: "00",
  });
}

/** Drafts are posts; `_docs/install.md` is one of the docs. */
function collectionOf(file: string): string {
  const folder = file.split("/").find((part) => /^_./.test(part)) ?? "_posts";
  return folder === "_drafts" ? "posts" : folder.slice(1);
}

/** Folders above that of the collection, and the path below it. */
function splitAtCollection(file: string): readonly (readonly string[])[] {
  const parts = file.split("/");
  const at = parts.findIndex((part) => /^_./.test(part));
  return at < 0 ? [[], parts] : [parts.slice(0, at), parts.slice(at + 1)];
}
