/** Where the links and pictures of a post lead: to posts, sections and files that are there, and will be when readers are. */
import { existsSync } from "node:fs";
import path from "node:path";
import { nearest } from "../nearest.ts";
import type { Post } from "./blog.ts";
import type { LoadedPost, PostPage } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { Site } from "./schemas.ts";
import { isSiteAddress } from "./site-addresses.ts";
import type { ProblemWords } from "./source.ts";

/** What is published at an address below `/posts/`. */
interface Published {
  readonly bySlug: ReadonlyMap<string, LoadedPost>;
  /** Paths of files beside posts, and of posts as Markdown. */
  readonly files: ReadonlySet<string>;
  /** Older addresses of posts. */
  readonly aliases: ReadonlySet<string>;
  /** Whether a path of the site is a file below site/static/. */
  readonly statics: (target: string) => boolean;
}

/** `site` is absent when its file is broken; links to the own site are not recognised then. */
export function linkProblems(root: string, posts: readonly LoadedPost[], site: Site | undefined): ContentProblem[] {
  const published = publishedBy(root, posts);
  return posts.flatMap((one) => [
    ...pictureProblems(root, one, published),
    ...(one.page.article?.links ?? []).flatMap(({ href, offset, length }) => {
      const words = linkProblem(one, href, published, site);
      return words ? [one.inBody(offset, { ...words, length })] : [];
    }),
  ]);
}

function publishedBy(root: string, posts: readonly LoadedPost[]): Published {
  return {
    aliases: new Set(posts.flatMap(({ post }) => post?.aliases ?? [])),
    statics: (target) => existsSync(path.join(root, "site/static", target)),
    bySlug: new Map(posts.map((one) => [one.page.slug, one])),
    files: new Set(
      posts.flatMap(({ page: { url, file, attachments } }) => [
        `${url.slice(0, -1)}.md`,
        ...attachments.map((name) => url + path.posix.relative(path.posix.dirname(file), name)),
      ]),
    ),
  };
}

function pictureProblems(root: string, one: LoadedPost, published: Published): ContentProblem[] {
  const { post, page } = one;
  const preview = post?.preview && missingPicture(root, page, post.preview.image, published);
  const hint = "say between the brackets what it shows";
  const problem = "the picture has no text for those who cannot see it";
  return [
    ...(preview ? [one.atKey(["image"], preview)] : []),
    ...(page.article?.images ?? []).flatMap(({ src, alt, offset, length }) => {
      const missing = missingPicture(root, page, src, published);
      return [
        ...(missing ? [one.inBody(offset, { length, ...missing })] : []),
        ...(alt ? [] : [one.inBody(offset, { length, code: "missing-alt", problem, hint })]),
      ];
    }),
  ];
}

/** A picture lies in its post's folder, or below site/static/ and is named by its path on the site. */
function missingPicture(root: string, post: PostPage, src: string, published: Published): ProblemWords | undefined {
  if (isElsewhere(src)) return malformed(src) ?? pictureElsewhere(post, src);
  const target = pathOn(post, src);
  if (target === undefined) return malformed(src);
  if (published.files.has(target)) return undefined;
  if (!src.startsWith("/")) {
    const folder = path.posix.dirname(post.file);
    const file = path.posix.join(folder, decoded(src) ?? src);
    const hint = file.startsWith(`${folder}/`) && !isAlone(post) ? undefined : pictureHint(post);
    const isThere = existsSync(path.join(root, file));
    const problem = isThere ? `the picture ${file} is not published` : `there is no picture ${file}`;
    return { code: "missing-picture", problem, hint };
  }
  if (published.statics(target)) return undefined;
  return { code: "missing-picture", problem: `there is no picture site/static${target}` };
}

/** The policy of the pages lets no other host be asked, for that would tell it who reads. */
function pictureElsewhere(post: PostPage, src: string): ProblemWords | undefined {
  if (!/^(?:https?:)?\/\//i.test(src)) return undefined;
  const problem = "readers do not see the picture: the site loads nothing from elsewhere";
  return { code: "picture-elsewhere", problem, hint: pictureHint(post), severity: "warning" };
}

/** A post that is one file has no folder of its own. */
function isAlone({ file }: PostPage): boolean {
  return !file.endsWith("/index.md");
}

function pictureHint(post: PostPage): string {
  return isAlone(post)
    ? `make the post ${post.file.replace(/\.md$/, "/index.md")} and put the picture beside it`
    : `put the picture into ${path.posix.dirname(post.file)}/`;
}

function linkProblem(
  from: LoadedPost,
  href: string,
  published: Published,
  site: Site | undefined,
): ProblemWords | undefined {
  const { bySlug, files } = published;
  if (site && isOwnAddress(href, site)) {
    const { pathname, search, hash } = new URL(href, site.url);
    const hint = `write ${pathname}${search}${hash}`;
    return { code: "own-address", problem: "the link names the site itself", hint };
  }
  if (isElsewhere(href)) return malformed(href);
  const target = pathOn(from.page, href);
  if (target === undefined) return malformed(href);
  if (files.has(target) || target === "/posts/" || target.startsWith("/posts/page/")) return undefined;
  if (!target.startsWith("/posts/")) return noSuchPage(target, published);
  const [, slug = target.slice("/posts/".length)] = /^\/posts\/([^/]+)\/?$/.exec(target) ?? [];
  const found = bySlug.get(slug);
  if (!found) return noSuchPost(from.page, target, slug, bySlug);
  return hiddenTarget(from.post, found.post) ?? missingAnchor(found.page, href);
}

/** Only a warning: a redirect of the host, or a page that the owner has added, may answer there. */
function noSuchPage(target: string, { aliases, statics }: Published): ProblemWords | undefined {
  const isKnown = [target, `${target}/`].some((one) => isSiteAddress(one) || aliases.has(one)) || statics(target);
  if (isKnown) return undefined;
  const problem = `nothing is known to be published at ${target}`;
  const hint = "npm run check:links looks at the built site";
  return { code: "unknown-address", problem, hint, severity: "warning" };
}

function noSuchPost(
  post: PostPage,
  target: string,
  slug: string,
  bySlug: ReadonlyMap<string, LoadedPost>,
): ProblemWords {
  if (target.startsWith(post.url)) {
    const file = path.posix.join(path.posix.dirname(post.file), target.slice(post.url.length));
    return { code: "broken-link", problem: `there is no file ${file}` };
  }
  const near = nearest(slug, [...bySlug.keys()]);
  return {
    code: "broken-link",
    problem: `there is no post "${slug}"`,
    hint: near && `did you mean /posts/${near}/?`,
  };
}

/** A link that would lead readers to nothing, because its target goes live later than the link, or not at all. */
function hiddenTarget(post: Post | undefined, target: Post | undefined): ProblemWords | undefined {
  if (!post || !target || post.draft || target === post) return undefined;
  const hint = "publish both together, or link to it later";
  if (target.draft) return { code: "link-to-draft", problem: `"${target.slug}" is a draft`, hint };
  const isLater = target.published > post.published && target.published.toMillis() > Date.now();
  if (!isLater) return undefined;
  return { code: "link-to-future", problem: `"${target.slug}" goes live after this post`, hint };
}

function missingAnchor(target: PostPage, href: string): ProblemWords | undefined {
  const anchor = decoded(/#(.*)$/.exec(href)?.[1] ?? "");
  if (!anchor || !target.article || target.article.ids.has(anchor)) return undefined;
  const near = nearest(anchor, [...target.article.ids]);
  const problem = `there is no "#${anchor}" in ${target.file}`;
  return { code: "broken-anchor", problem, hint: near && `did you mean "#${near}"?` };
}

function isOwnAddress(href: string, site: Site): boolean {
  const own = new URL(site.url);
  const target = /^(?:https?:)?\/\//i.test(href) && URL.canParse(href, own) ? new URL(href, own) : undefined;
  return target?.host === own.host;
}

export function isElsewhere(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);
}

function malformed(address: string): ProblemWords | undefined {
  const isSound = isElsewhere(address) && URL.canParse(address, "https://site");
  return isSound ? undefined : { code: "invalid-address", problem: `${address} is no address` };
}

/** Path of an address on the site, seen from a post, without escapes; absent when it is malformed. */
export function pathOn(post: Pick<PostPage, "url">, address: string): string | undefined {
  const base = `http://site${post.url}`;
  return URL.canParse(address, base) ? decoded(new URL(address, base).pathname) : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
