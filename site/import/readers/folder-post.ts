/** One Markdown file of an old project, read as a post. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ContentProblem } from "../../content/problem.ts";
import { sourceOf } from "../../content/source.ts";
import { draftOf } from "../draft.ts";
import { decodeText } from "../encoding.ts";
import { readFrontMatter } from "../front-matter.ts";
import { type SourcePost, tellInto } from "../source-post.ts";
import { asFlag, asText } from "../values.ts";
import type { FolderBlog } from "./folder.ts";
import { tellRest, valuesOf } from "./known-keys.ts";
import { pageOf } from "./page.ts";
import { posix } from "./project-files.ts";

const aPage = {
  code: "page",
  severity: "warning",
  problem: "there is no date, so this was taken for a page, not a post",
  hint: "give it a date, or name its folder to have it imported",
} as const;

export interface PostFile {
  readonly file: string;
  readonly label: string;
  readonly blog: FolderBlog;
  readonly root: string;
  readonly zone: string;
  readonly isWhole: boolean;
}

/** Or why the file is none. */
export async function readPost({
  file,
  label,
  blog,
  root,
  zone,
  isWhole,
}: PostFile): Promise<SourcePost | ContentProblem> {
  const { text, encoding } = decodeText(await readFile(file));
  const source = sourceOf(label, text);
  const problems: ContentProblem[] = [];
  const tell = tellInto(problems, source);
  if (encoding) tell(0, "text", `the file is no UTF-8`, `it was read as ${encoding}`);
  const front = readFrontMatter(text, /\.mdx$/i.test(file));
  if (front.mistake)
    tell(front.mistake.offset, "front-matter", `front matter: ${front.mistake.problem}`, "none of it was carried over");
  const relative = posix(path.relative(blog.content, file));
  const defaults = blog.defaults?.(relative) ?? {};
  const separator = blog.separator ?? /,/;
  const page = await pageOf({ file, relative, front, defaults, zone, tell, text, separator });
  const { image, updated, aliases, ...plain } = valuesOf(front, { zone, tell, separator });
  const address = blog.address(page);
  const templates = blog.templates(page);
  const isPublished = asFlag(front.take("published")?.value) ?? asFlag(defaults["published"]);
  const isMarked =
    asFlag(front.take("draft", "isdraft")?.value) ?? /^draft$/i.test(asText(front.take("status")?.value) ?? "");
  const isDraft = isMarked || isPublished === false || (blog.isDraft?.(page) ?? false);
  if (isWhole && !page.isDated && !isDraft && !front.mistake) return source.problemAt(0, aPage);
  tellRest(front, tell);
  return {
    ...plain,
    id: posix(path.relative(root, file)),
    source,
    body: draftOf(text.slice(front.bodyStart), front.bodyStart),
    format: /\.mdx$/i.test(file) ? "mdx" : "markdown",
    templates,
    title: page.title,
    published: page.published,
    updated,
    tags: [...plain.tags, ...page.categories].filter((tag) => !blog.notTopics?.includes(tag.toLowerCase())),
    draft: isDraft,
    language: page.language ?? blog.language?.(relative),
    image,
    slug: page.slug ?? (page.permalink && address ? lastOf(address) : page.name),
    address: address && withBase(address, blog.basePath),
    aliases: aliases.map((alias) => withBase(alias, blog.basePath)),
    file,
    problems,
  };
}

/** What an address calls its page. */
function lastOf(address: string): string {
  const parts = address.replace(/\/(?:index\.html?)?$|\.html?$/, "").split("/");
  return parts.at(-1) ?? "";
}

function withBase(address: string, basePath = ""): string {
  const plain = address.startsWith("/") || /^https?:/.test(address) ? address : `/${address}`;
  return basePath && plain.startsWith("/") && !plain.startsWith(`${basePath}/`) ? basePath + plain : plain;
}
