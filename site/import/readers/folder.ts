/** Folders of Markdown files, which most engines read: what they share. What differs, an {@link Engine} says. */
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { ConfigError } from "../../config.ts";
import type { ContentProblem } from "../../content/problem.ts";
import { sourceOf } from "../../content/source.ts";
import type { Place, Reader, Settings, SourceBlog, SourcePost } from "../source-post.ts";
import type { Templates } from "../templates/carry-over.ts";
import { readPost } from "./folder-post.ts";
import type { Page } from "./page.ts";
import { extensions, filesBelow, posix, rootAbove } from "./project-files.ts";
import { unreadPosts } from "./unread-posts.ts";

/** The old project, looked at once. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  /** Folder that the author named, absolute. */
  readonly source: string;
  readonly settings: Settings;
}

export interface FolderBlog {
  /** Folder from which the engine counts its paths, absolute. */
  readonly content: string;
  readonly publicFolders: readonly string[];
  readonly hosts?: readonly string[];
  readonly basePath?: string;
  /** IANA time zone in which dates without an offset are meant. */
  readonly zone?: string | undefined;
  /** Whether a file, by its path below `content`, is a post. */
  isPost(file: string): boolean;
  /** Path at which the engine published a page; absent where nobody can know. */
  address(page: Page): string | undefined;
  /** Language of a file by its folder, where that is not the blog's. */
  language?(file: string): string | undefined;
  /** Templates that ran over a page. */
  templates(page: Page): Templates | undefined;
  /** Tags that only served the engine, in lower case. */
  readonly notTopics?: readonly string[];
  /** Where one text is several tags or categories; a comma unless said otherwise. */
  readonly separator?: RegExp;
  /** Values that hold for all pages of a folder. */
  defaults?(file: string): Readonly<Record<string, unknown>>;
  readonly isDraft?: (page: Page) => boolean;
  /** What the author should know of all addresses; `example` is one of them. */
  note?(example: string): { readonly problem: string; readonly hint: string };
}

export type FolderEngine = (project: Project) => Promise<FolderBlog>;

/** `marks` are files and folders that stand at the root of such a project. */
export function folderReader(engine: FolderEngine, marks: readonly string[]): Reader {
  return async (place, settings) => {
    const source = await realpath(place.path);
    if (!(await stat(source)).isDirectory())
      throw new ConfigError(`${place.label} is a file; name the folder of the posts.`);
    const found = await rootAbove(source, marks);
    const root = found ?? source;
    const blog = await engine({ root, source, settings });
    const isWhole = found !== undefined && (source === root || source === blog.content);
    return readFolder(place, blog, { root, source, settings, isWhole });
  };
}

/** Of a whole project, pages without a date (about.md, the manual) are no posts; in a folder of posts, everything is one. */
interface Reading extends Project {
  readonly isWhole: boolean;
}

async function readFolder(place: Place, blog: FolderBlog, reading: Reading): Promise<SourceBlog> {
  const { root, source, settings, isWhole } = reading;
  const problems: ContentProblem[] = [];
  const posts: SourcePost[] = [];
  const files = (await filesBelow(source, extensions)).filter((file) =>
    blog.isPost(posix(path.relative(blog.content, file))),
  );
  for (const file of files) {
    const label = path.posix.join(posix(place.label), posix(path.relative(source, file)));
    try {
      const post = await readPost({ file, label, blog, root, zone: blog.zone ?? settings.zone, isWhole });
      if ("body" in post) posts.push(post);
      else problems.push(post);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      problems.push(
        sourceOf(label, "").problemAt(0, {
          code: "unreadable",
          problem: `the file cannot be read (${String(error.code)})`,
        }),
      );
    }
  }
  problems.push(...(await unreadPosts(place, source)));
  if (files.length === 0) {
    const words = {
      code: "nothing",
      problem: "there are no posts in this folder",
      hint: "name the folder that holds the Markdown files",
    };
    problems.push(sourceOf(place.label, "").problemAt(0, words));
  }
  const example = posts.find(({ address }) => address)?.address;
  const note = example && blog.note?.(example);
  if (note) problems.push(sourceOf(place.label, "").problemAt(0, { code: "address", severity: "warning", ...note }));
  return {
    posts,
    root,
    publicFolders: blog.publicFolders,
    hosts: blog.hosts ?? [],
    basePath: blog.basePath ?? "",
    problems,
  };
}
