/** Astro, Gatsby and Next.js: Markdown and MDX that a program of the author's made pages of. */
import path from "node:path";
import type { Templates } from "../templates/carry-over.ts";
import { gatsby as spans } from "../templates/gatsby.ts";
import { mdx } from "../templates/mdx.ts";
import { siteOf } from "./config.ts";
import type { FolderBlog, FolderEngine, Project } from "./folder.ts";
import type { Page } from "./page.ts";
import { firstText } from "./project-files.ts";
import { addressNamedIn, programs } from "./site-settings.ts";

interface Kind {
  readonly configs: readonly string[];
  /** Other files in which authors keep the address of their site. */
  readonly settings: readonly string[];
  /** Folder, from the root, below which a path is the page's address, by most authors' habit. */
  readonly address: (file: string) => string;
  readonly publicFolders: readonly string[];
  /** What ran over every page, MDX or not. */
  readonly plugins?: Templates;
}

export const astroMarks = programs("astro.config");
export const gatsbyMarks = programs("gatsby-config");
export const nextMarks = programs("next.config");

export const astro = componentEngine({
  configs: astroMarks,
  settings: ["src/config", "src/consts", "src/site.config"].flatMap(programs),
  address: (file) => file.replace(/^.*?src\/(?:content|pages)\//, ""),
  publicFolders: ["public", "src"],
});

export const gatsby = componentEngine({
  configs: gatsbyMarks,
  settings: ["config", "data/SiteConfig", "config/site"].flatMap(programs),
  address: (file) => file.replace(/^(?:src\/)?(?:content|pages)\/(?:blog|posts?|articles?)?\/?/, ""),
  publicFolders: ["static", "content", "src"],
  plugins: spans,
});

export const next = componentEngine({
  configs: nextMarks,
  settings: ["next-sitemap.config", "data/siteMetadata", "site.config", "lib/constants", "config/site"].flatMap(
    programs,
  ),
  address: (file) =>
    file
      .replace(/^(?:src\/)?(?:_?content|data|pages|app|_(?=posts\/))\/?/, "")
      .replace(/^_/, "")
      .replace(/\([^)]*\)\//g, ""),
  publicFolders: ["public"],
});

function componentEngine(kind: Kind): FolderEngine {
  return async ({ root }: Project): Promise<FolderBlog> => {
    const { text } = await firstText(root, kind.configs);
    const { hosts } = siteOf(await addressNamedIn(root, [...kind.configs, ...kind.settings]));
    const basePath = /\b(?:base|basePath|pathPrefix)\s*:\s*["'`](\/[^"'`]*)/.exec(text)?.[1]?.replace(/\/$/, "") ?? "";
    return {
      content: root,
      publicFolders: kind.publicFolders.map((folder) => path.join(root, folder)),
      hosts,
      basePath,
      isPost: (file) => !/(?:^|\/)(?:_[^/]*\.\w+|readme\.\w+|changelog\.\w+)$/i.test(file),
      templates: ({ file, front }) => {
        const { plugins = (draft) => draft } = kind;
        if (!/\.mdx$/i.test(file)) return plugins;
        return (draft, page) => mdx(plugins(draft, page), page, front.format === "exported");
      },
      address: (page) => addressOf(kind, page),
      note: (example) => ({
        problem: `where the posts were published is decided by a program; ${example} was taken for it`,
        hint: "look at the aliases, unless the posts' front matter says it",
      }),
    };
  };
}

function addressOf(kind: Kind, page: Page): string {
  if (page.permalink) return `/${page.permalink.replace(/^\/+|\/+$/g, "")}/`;
  return addressBy(kind, page.file, page.slug ?? path.posix.basename(page.file).replace(/\.\w+$/, ""));
}

/** A slug with folders of its own counts from the collection. */
function addressBy(kind: Kind, file: string, slug: string): string {
  const isIndex = /(?:^|\/)(?:index|page)\.\w+$/i.test(file);
  const folders = kind.address(file).split("/").slice(0, -1);
  const isNamed = !/^(?:index|page)$/i.test(slug);
  const parts = isIndex && isNamed ? [...folders.slice(0, -1), slug] : isNamed ? [...folders, slug] : folders;
  return `/${parts.join("/")}/`.replace(/\/{2,}/g, "/");
}
