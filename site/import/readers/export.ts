/** Exports of services: what they share. What differs, an {@link ExportKind} says. */
import type { ContentProblem } from "../../content/problem.ts";
import { type Source, sourceOf } from "../../content/source.ts";
import type { Place, Reader, Settings, SourceBlog, SourcePost } from "../source-post.ts";
import { exportTexts } from "./export-texts.ts";

export interface ExportKind {
  /** As the report calls it: `Ghost`. */
  readonly name: string;
  /** Names of files that may belong to it. */
  readonly files: RegExp;
  /** Whether a text is such an export, or a part of one; it may be broken. */
  is(text: string): boolean;
  read(texts: readonly Source[], surroundings: ExportPlace): Promise<ExportBlog>;
}

export interface ExportPlace {
  readonly settings: Settings;
  /** In which the export lies, absolute. */
  readonly folder: string;
}

/** What has no value here is not known, or there is none. */
export type ExportBlog = Pick<SourceBlog, "posts" | "problems"> &
  Partial<Pick<SourceBlog, "root" | "filesFor" | "idAt" | "hosts" | "basePath">>;

export function exportReader(kind: ExportKind): Reader {
  return async (place, settings) => {
    const { texts, problems, folder } = await exportTexts(place, kind.files);
    const own = texts.filter(({ text }) => kind.is(text));
    const blog = await kind.read(own, { settings, folder });
    const { posts, doubled } = uniquePosts(blog.posts);
    return {
      root: folder,
      publicFolders: [],
      filesFor: () => [],
      hosts: [],
      basePath: "",
      ...blog,
      posts,
      problems: [...problems, ...blog.problems, ...doubled, ...nothing(kind, place, { own, blog, problems })],
    };
  };
}

/** Whether there is such an export at a place. */
export async function isExport(kind: ExportKind, place: Place): Promise<boolean> {
  const { texts } = await exportTexts(place, kind.files);
  return texts.some(({ text }) => kind.is(text));
}

/** Exports in several files may hold a post more than once. */
function uniquePosts(posts: readonly SourcePost[]): {
  readonly posts: readonly SourcePost[];
  readonly doubled: readonly ContentProblem[];
} {
  const byId = new Map<string, SourcePost>();
  const doubled: ContentProblem[] = [];
  for (const post of posts) {
    const first = byId.get(post.id);
    const problem = `the post "${post.title}" stands here a second time`;
    if (!first) byId.set(post.id, post);
    else
      doubled.push(
        post.source.problemAt(post.start ?? 0, { code: "doubled", severity: "warning", problem, hint: "left out" }),
      );
  }
  return { posts: [...byId.values()], doubled };
}

interface Found {
  readonly own: readonly Source[];
  readonly blog: ExportBlog;
  readonly problems: readonly ContentProblem[];
}

function nothing({ name }: ExportKind, { label }: Place, { own, blog, problems }: Found): ContentProblem[] {
  const isTold = [...problems, ...blog.problems].some(({ severity }) => severity === "error");
  if (blog.posts.length > 0 || isTold) return [];
  const what = own.length > 0 ? "there are no posts in this export" : `this is no export of ${name}`;
  const hint = own.length > 0 ? undefined : "name the file, or the folder or the zip that holds it";
  return [sourceOf(label, "").problemAt(0, { code: "nothing", problem: what, hint })];
}
