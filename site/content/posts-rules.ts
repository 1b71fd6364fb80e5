/** What ties posts to each other, to their files and to the addresses of the site. */
import { existsSync } from "node:fs";
import path from "node:path";
import { nearest } from "../nearest.ts";
import type { Post } from "./blog.ts";
import type { LoadedPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { Site } from "./schemas.ts";
import type { ProblemWords } from "./source.ts";

type GoodPost = LoadedPost & { readonly post: Post };

/** `site` is absent when its file is broken; links to the own site are not recognised then. */
export function postsProblems(root: string, loaded: readonly LoadedPost[], site: Site | undefined): ContentProblem[] {
  const posts = loaded.filter((one): one is GoodPost => one.post !== undefined);
  const bySlug = new Map(posts.map((one) => [one.post.slug, one.post]));
  return [
    ...doubledAddresses(posts),
    ...seriesProblems(posts),
    ...tagSpellings(posts),
    ...posts.flatMap((one) => pictureProblems(root, one)),
    ...posts.flatMap((one) => linkProblems(one, bySlug, site)),
  ];
}

/** A post's own address and its older ones lead to one place each. */
function doubledAddresses(posts: readonly GoodPost[]): ContentProblem[] {
  const owners = new Map<string, Post>();
  const problems: ContentProblem[] = [];
  for (const one of posts) {
    const taken = owners.get(one.post.url);
    const hint = "rename one of the two files";
    if (taken)
      problems.push(
        atTop(one, { code: "doubled-slug", problem: `the address ${one.post.url} is taken by ${taken.file}`, hint }),
      );
    else owners.set(one.post.url, one.post);
  }
  for (const one of posts) {
    for (const [at, alias] of one.post.aliases.entries()) {
      const address = alias.endsWith("/") || alias.includes(".") ? alias : `${alias}/`;
      const taken = owners.get(address);
      const words =
        taken === one.post
          ? `"${alias}" is the post's own address, or stands twice`
          : `the address ${alias} is taken by ${taken?.file}`;
      if (taken)
        problems.push(
          one.atKey(["aliases", at], { code: taken === one.post ? "alias-loop" : "doubled-alias", problem: words }),
        );
      else owners.set(address, one.post);
    }
  }
  return problems;
}

/** Parts of a series are 1, 2, 3 … without gaps, drafts and future parts included. */
function seriesProblems(posts: readonly GoodPost[]): ContentProblem[] {
  const bySeries = Map.groupBy(
    posts.filter(({ post }) => post.series),
    ({ post }) => post.series?.name ?? "",
  );
  return [...bySeries].flatMap(([name, parts]) => {
    const sorted = parts.toSorted((a, b) => (a.post.series?.part ?? 0) - (b.post.series?.part ?? 0));
    return sorted.flatMap((one, at) => {
      const part = one.post.series?.part ?? 0;
      const before = sorted[at - 1]?.post;
      if (before?.series?.part === part) {
        return [
          one.atKey(["part"], { code: "doubled-part", problem: `part ${part} of "${name}" is ${before.file} already` }),
        ];
      }
      const expected = (before?.series?.part ?? 0) + 1;
      if (part === expected) return [];
      return [
        one.atKey(["part"], {
          code: "part-gap",
          problem: `part ${part} of "${name}" has no part ${expected} before it`,
        }),
      ];
    });
  });
}

/** `open-source` and `opensource` are one tag written two ways. */
function tagSpellings(posts: readonly GoodPost[]): ContentProblem[] {
  const first = new Map<string, string>();
  return posts.flatMap((one) =>
    one.post.tags.flatMap((tag, at) => {
      const plain = tag.replaceAll("-", "");
      const known = first.get(plain) ?? tag;
      first.set(plain, known);
      if (known === tag) return [];
      return [
        one.atKey(["tags", at], { code: "two-spellings", problem: `the tag "${tag}" is written "${known}" elsewhere` }),
      ];
    }),
  );
}

function pictureProblems(root: string, one: GoodPost): ContentProblem[] {
  const { post } = one;
  const problems: ContentProblem[] = [];
  const missing = (src: string) => isLocal(src) && !existsSync(path.join(root, fileOf(post, src)));
  if (post.preview && missing(post.preview.image)) {
    problems.push(
      one.atKey(["image"], {
        code: "missing-picture",
        problem: `there is no picture ${fileOf(post, post.preview.image)}`,
      }),
    );
  }
  for (const { src, alt, offset, length } of post.article.images) {
    if (missing(src))
      problems.push(
        one.inBody(offset, { length, code: "missing-picture", problem: `there is no picture ${fileOf(post, src)}` }),
      );
    if (alt) continue;
    const hint = "say between the brackets what it shows";
    problems.push(
      one.inBody(offset, {
        length,
        code: "missing-alt",
        problem: "the picture has no text for those who cannot see it",
        hint,
      }),
    );
  }
  return problems;
}

function linkProblems(one: GoodPost, bySlug: ReadonlyMap<string, Post>, site: Site | undefined): ContentProblem[] {
  return one.post.article.links.flatMap(({ href, offset, length }) => {
    const words = linkProblem(one.post, href, bySlug, site);
    return words ? [one.inBody(offset, { ...words, length })] : [];
  });
}

function linkProblem(
  post: Post,
  href: string,
  bySlug: ReadonlyMap<string, Post>,
  site: Site | undefined,
): ProblemWords | undefined {
  if (site && isOwnAddress(href, site)) {
    const { pathname, search, hash } = new URL(href);
    return {
      code: "own-address",
      problem: "the link names the site itself",
      hint: `write ${pathname}${search}${hash}`,
    };
  }
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return undefined;
  const target = new URL(href, `http://site${post.url}`);
  const [, slug] = /^\/posts\/([^/]+)\/?$/.exec(target.pathname) ?? [];
  if (slug === undefined) return attachmentProblem(post, target.pathname);
  const found = bySlug.get(decodeURIComponent(slug));
  if (!found) {
    const near = nearest(slug, [...bySlug.keys()]);
    return {
      code: "broken-link",
      problem: `there is no post "${slug}"`,
      hint: near && `did you mean /posts/${near}/?`,
    };
  }
  const anchor = decodeURIComponent(target.hash.slice(1));
  if (!anchor || found.article.ids.has(anchor)) return undefined;
  const near = nearest(anchor, [...found.article.ids]);
  return {
    code: "broken-anchor",
    problem: `there is no "#${anchor}" in ${found.file}`,
    hint: near && `did you mean "#${near}"?`,
  };
}

/** A file below the post's own address must lie in its folder. */
function attachmentProblem(post: Post, pathname: string): ProblemWords | undefined {
  if (!pathname.startsWith(post.url)) return undefined;
  const file = decodeURIComponent(pathname.slice(post.url.length));
  const folder = path.posix.dirname(post.file);
  if (post.attachments.includes(`${folder}/${file}`)) return undefined;
  return { code: "broken-link", problem: `there is no file ${folder}/${file}` };
}

function isOwnAddress(href: string, site: Site): boolean {
  return URL.canParse(href) && new URL(href).host === new URL(site.url).host && /^https?:/.test(href);
}

function isLocal(src: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(src);
}

/** Path from the project root of a picture that a post names; one that begins with `/` is a file of site/static/. */
function fileOf(post: Post, src: string): string {
  const clean = decodeURIComponent(src.replace(/[?#].*$/, ""));
  return clean.startsWith("/") ? `site/static${clean}` : path.posix.join(path.posix.dirname(post.file), clean);
}

function atTop(one: GoodPost, words: ProblemWords): ContentProblem {
  return { severity: "error", ...words, file: one.post.file, line: 1, column: 1 };
}
