/** A site that is built and held in memory, so that an edit of one post is on its page at once. */
import { type Post, withPosts } from "../site/content/blog.ts";
import { type ReadContent, rereadPost, toContent, withItsPictures } from "../site/content/load.ts";
import { ContentError, type ContentProblem } from "../site/content/problem.ts";
import { publishPictures, withOwnFiles } from "../site/publish/pictures.ts";
import type { RelatedBySlug } from "../site/template.ts";
import { patchOutput } from "./output.ts";
import { openPages, type Page } from "./pages.ts";
import type { BuiltSite, SiteBuild } from "./site.ts";

export interface LiveSite {
  /**
   * Writes the page of the post in a file, path from the project root. Undefined for what is more than an edit of a post that
   * was there: a build has to find out what it changes. @throws {ContentError} with the mistakes in that post
   */
  edit(file: string): Promise<Edited | undefined>;
  /** Takes over what a build has found to be alike. */
  adopt(related: RelatedBySlug): void;
}

export interface Edited {
  /** Path from the origin of the post's page. */
  readonly url: string;
  /**
   * Writes the other pages that show something of the post that changed, and gives their paths. Feeds, search and the rest of
   * what is no page are left to a build. @throws {ContentError} with the mistakes of the whole blog
   */
  rest(): Promise<readonly string[]>;
}

/** `built` is what `buildSite` gave for `wish`, a preview of the project's own content. */
export async function liveSite(wish: SiteBuild, built: BuiltSite): Promise<LiveSite> {
  if (!built.read) throw new Error("only a preview is held in memory");
  let [read, model] = [built.read, built.model];
  const pages = await openPages(wish.root);
  const put = patchOutput(wish.output);
  const shown = new Map<string, readonly unknown[]>();
  for (const { url, shows } of pages.of(model)) if (shows) shown.set(url, shows);

  const putPage = ({ url, shows, render }: Page): boolean => {
    if (shows) shown.set(url, shows);
    return put(url, render());
  };
  const isOther = ({ url, shows }: Page): boolean => {
    const before = shown.get(url);
    return !shows || shows.length !== before?.length || shows.some((one, at) => one !== before[at]);
  };
  const restOf = (isText: boolean): readonly string[] => {
    const { blog, problems } = toContent(read, { siteUrl: wish.siteUrl });
    if (!blog) throw new ContentError(problems);
    if (isText) return [];
    model = model.withBlog(publishPictures(blog, true).blog);
    return [...pages.of(model)].filter(isOther).flatMap((page) => (putPage(page) ? page.url : []));
  };
  return {
    adopt(related) {
      model = model.withRelated(related);
    },
    async edit(file) {
      const before = postIn(read, file);
      const after = before && (await rereadPost(read, file));
      if (!after) return undefined;
      read = after;
      const mistakes = problemsIn(read, file).filter(({ severity }) => severity === "error");
      if (mistakes.length > 0) throw new ContentError(mistakes);
      const post = postIn(read, file);
      if (!post || post.slug !== before.slug) return undefined;
      model = model.withBlog(withPosts(model.blog, (one) => (one.slug === post.slug ? post : one)));
      for (const page of pages.of(model)) if (page.url === post.url) putPage(page);
      const isText = frontOf(post) === frontOf(before);
      return { url: post.url, rest: async () => restOf(isText) };
    },
  };
}

/** As the pages of a preview show it; absent while its front matter is wrong. */
function postIn(read: ReadContent, file: string): Post | undefined {
  const loaded = read.posts.find(({ page }) => page.file === file);
  const post = loaded && withItsPictures(loaded, read.pictures.get(loaded));
  return post && withOwnFiles(post);
}

function problemsIn({ posts, problems }: ReadContent, file: string): readonly ContentProblem[] {
  const ofPost = posts.find(({ page }) => page.file === file)?.problems ?? [];
  return [...problems.filter((problem) => problem.file === file), ...ofPost];
}

/** What lists and other pages show of a post is in its front matter. */
function frontOf({ article: _article, pictures: _pictures, pageHtml: _page, ...front }: Post): string {
  return JSON.stringify(front);
}
