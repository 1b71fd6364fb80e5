/** Astro, Gatsby and Next.js: Markdown and MDX that a program of the author's made pages of. */
import path from "node:path";
import { mdx } from "../templates/mdx.ts";
import { siteOf } from "./config.ts";
import type { FolderBlog, FolderEngine, Project } from "./folder.ts";
import type { Page } from "./page.ts";
import { firstText } from "./project-files.ts";

interface Kind {
  readonly configs: readonly string[];
  /** Folder, from the root, below which a path is the page's address, by most authors' habit. */
  readonly address: (file: string) => string;
  readonly publicFolders: readonly string[];
}

const extensions = ["js", "mjs", "cjs", "ts", "mts"];
const configsOf = (name: string) => extensions.map((extension) => `${name}.config.${extension}`);

export const astroMarks = configsOf("astro");
export const gatsbyMarks = [...extensions.map((extension) => `gatsby-config.${extension}`)];
export const nextMarks = configsOf("next");

export const astro = componentEngine({
  configs: astroMarks,
  address: (file) => file.replace(/^.*?src\/(?:content|pages)\//, ""),
  publicFolders: ["public", "src"],
});

export const gatsby = componentEngine({
  configs: gatsbyMarks,
  address: (file) => file.replace(/^(?:src\/)?(?:content|pages)\/(?:blog|posts?|articles?)?\/?/, ""),
  publicFolders: ["static", "content", "src"],
});

export const next = componentEngine({
  configs: nextMarks,
  address: (file) =>
    file
      .replace(/^(?:src\/)?(?:_?content|data|pages|app|_(?=posts\/))\/?/, "")
      .replace(/^_/, "")
      .replace(/\([^)]*\)\//g, ""),
  publicFolders: ["public"],
});

function componentEngine(kind: Kind): FolderEngine {
  return async ({ root, source }: Project): Promise<FolderBlog> => {
    const { text } = await firstText(root, kind.configs);
    const { hosts } = siteOf(/\b(?:site|siteUrl)\s*:\s*["'`]([^"'`]+)/.exec(text)?.[1]);
    const basePath = /\b(?:base|basePath|pathPrefix)\s*:\s*["'`](\/[^"'`]*)/.exec(text)?.[1]?.replace(/\/$/, "") ?? "";
    const example = addressBy(
      kind,
      path.relative(root, path.join(source, "name.md")).replaceAll(path.sep, "/"),
      "name",
    );
    return {
      content: root,
      publicFolders: kind.publicFolders.map((folder) => path.join(root, folder)),
      hosts,
      basePath,
      isPost: (file) => !/(?:^|\/)(?:_[^/]*\.\w+|readme\.\w+|changelog\.\w+)$/i.test(file),
      templates: (file) => (/\.mdx$/i.test(file) ? mdx : undefined),
      address: (page) => addressOf(kind, page),
      notes: [
        {
          problem: `where the posts were published is decided by a program; ${basePath}${example} was taken for it`,
          hint: "look at the aliases, unless the posts' front matter says it",
        },
      ],
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
