/** Links of posts and data files that lead elsewhere, each with the way back to its place. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Blog, Post } from "../content/blog.ts";
import { splitFile } from "../content/front-matter-fence.ts";
import type { ContentProblem } from "../content/problem.ts";
import { dataSchemas } from "../content/schemas.ts";
import { type ProblemWords, readSource } from "../content/source.ts";
import { type KeyPath, parseJson, parseYaml } from "../content/structured.ts";
import type { Place } from "../markdown/source-map.ts";

export interface SourceLink {
  /** Begins with http:// or https://. */
  readonly href: string;
  /** Day of the text that it stands in, YYYYMMDD; absent in data files. */
  readonly writtenOn: string | undefined;
  readonly problem: (words: ProblemWords) => ContentProblem;
}

/** Links to the site itself are left out. */
export async function sourceLinks(root: string, { posts, site }: Blog): Promise<SourceLink[]> {
  const inPosts = await Promise.all(posts.map((post) => linksOfPost(root, post)));
  const present = await readdir(path.join(root, "_data"));
  const inFiles = await Promise.all(
    Object.keys(dataSchemas)
      .filter((name) => present.includes(`${name}.json`))
      .map((name) => linksOfFile(root, `_data/${name}.json`)),
  );
  const own = new URL(site.url).host;
  return [...inPosts.flat(), ...inFiles.flat()].filter(({ href }) => isAddress(href) && new URL(href).host !== own);
}

async function linksOfPost(root: string, post: Post): Promise<SourceLink[]> {
  const source = readSource(root, post.file);
  const { yaml, yamlStart, bodyStart } = splitFile(source.text) ?? { yaml: "", yamlStart: 0, bodyStart: 0 };
  const writtenOn = post.published.toFormat("yyyyMMdd");
  const link = (href: string, offset: () => number, length?: number): SourceLink => {
    return { href, writtenOn, problem: (words) => source.problemAt(offset(), { length, ...words }) };
  };
  const inBody = (href: string, { offset, length }: Place) => {
    // The address of `[text][name]` stands elsewhere.
    const defined = length === undefined ? source.text.indexOf(href, bodyStart) : -1;
    return defined < 0 ? link(href, () => bodyStart + offset, length) : link(href, () => defined, href.length);
  };
  const { links, images } = post.article;
  return [
    ...(post.canonical
      ? [link(post.canonical, () => parseYaml(yaml, yamlStart).offsetOf(["canonical"], "value"))]
      : []),
    ...links.map((place) => inBody(place.href, place)),
    ...images.map((place) => inBody(place.src, place)),
  ];
}

async function linksOfFile(root: string, file: string): Promise<SourceLink[]> {
  const source = readSource(root, file);
  const parsed = parseJson(source.text);
  return textsIn(parsed.value, []).map(({ text, at }) => ({
    href: text,
    writtenOn: undefined,
    problem: (words) => source.problemAt(parsed.offsetOf(at, "value"), { ...words, key: at.join(".") }),
  }));
}

function textsIn(value: unknown, at: KeyPath): { text: string; at: KeyPath }[] {
  if (typeof value === "string") return [{ text: value, at }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...at, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...at, key]));
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
