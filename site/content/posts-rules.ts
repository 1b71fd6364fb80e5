/** What ties posts to each other and to the addresses of the site. */
import type { Post } from "./blog.ts";
import { linkProblems } from "./link-rules.ts";
import type { GoodPost, LoadedPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { Site } from "./schemas.ts";
import { seriesProblems } from "./series-rules.ts";
import { isSiteAddress } from "./site-addresses.ts";
import type { ProblemWords } from "./source.ts";

/** `site` is absent when its file is broken; links to the own site are not recognised then. */
export function postsProblems(root: string, loaded: readonly LoadedPost[], site: Site | undefined): ContentProblem[] {
  const posts = loaded.filter((one): one is GoodPost => one.post !== undefined);
  return [
    ...doubledAddresses(posts),
    ...seriesProblems(posts),
    ...tagSpellings(posts),
    ...linkProblems(root, loaded, site),
  ];
}

/** A post's own address and its older ones lead to one place each. */
function doubledAddresses(posts: readonly GoodPost[]): ContentProblem[] {
  const owners = new Map<string, Post>();
  const problems: ContentProblem[] = [];
  for (const one of posts) {
    const taken = owners.get(one.post.url);
    const hint = "rename one of the two files";
    if (isSiteAddress(one.post.url)) {
      const problem = `the address ${one.post.url} is one of the site's own`;
      problems.push(atTop(one, { code: "taken-address", problem, hint: "rename the file, or give the post a slug" }));
    } else if (taken)
      problems.push(
        atTop(one, { code: "doubled-slug", problem: `the address ${one.post.url} is taken by ${taken.file}`, hint }),
      );
    else owners.set(one.post.url, one.post);
  }
  for (const one of posts) {
    for (const [at, alias] of one.post.aliases.entries()) {
      const address = alias.endsWith("/") || alias.includes(".") ? alias : `${alias}/`;
      const taken = owners.get(address);
      if (isSiteAddress(address)) {
        const problem = `the address ${alias} is one of the site's own`;
        problems.push(one.atKey(["aliases", at], { code: "taken-alias", problem }));
        continue;
      }
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

/** A tag stands once in a post, and is written one way: `open-source` and `opensource` are the same. */
function tagSpellings(posts: readonly GoodPost[]): ContentProblem[] {
  const first = new Map<string, string>();
  return posts.flatMap((one) =>
    one.post.tags.flatMap((tag, at) => {
      const plain = tag.replaceAll("-", "");
      const known = first.get(plain) ?? tag;
      first.set(plain, known);
      if (one.post.tags.indexOf(tag) < at)
        return [one.atKey(["tags", at], { code: "doubled-tag", problem: `the tag "${tag}" stands twice` })];
      if (known === tag) return [];
      return [
        one.atKey(["tags", at], { code: "two-spellings", problem: `the tag "${tag}" is written "${known}" elsewhere` }),
      ];
    }),
  );
}

function atTop(one: GoodPost, words: ProblemWords): ContentProblem {
  return { severity: "error", ...words, file: one.post.file, line: 1, column: 1 };
}
