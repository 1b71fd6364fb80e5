/** The text of a post that is about to be written. */
import { slugify } from "../markdown/headings.ts";

export interface NewPost {
  /** Path from the project root. */
  readonly file: string;
  readonly text: string;
}

/** `day` is `2026-03-14`, in the site's time zone. */
export function newPost(wish: {
  readonly title: string;
  readonly day: string;
  readonly series?: string | undefined;
  /** Which part of the series it becomes. */
  readonly part: number;
  /** The post brings files of its own. */
  readonly isFolder: boolean;
}): NewPost {
  const { title, day, series, part, isFolder } = wish;
  const slug = addressOf(title);
  const name = `posts/${day}-${slug}`;
  const lines = [
    `title: ${quoted(title)}`,
    "description: One sentence of 50 to 160 characters that says what the reader gets.",
    `published: ${day}`,
    "tags: []",
    ...(series ? [`series: ${quoted(series)}`, `part: ${part}`] : []),
    "draft: true",
  ];
  return { file: isFolder ? `${name}/index.md` : `${name}.md`, text: `---\n${lines.join("\n")}\n---\n\n` };
}

/** Letters with marks lose them: an address is plain. */
function addressOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
  return (
    slugify(plain)
      .replace(/[^a-z0-9-]/g, "")
      .replace(/^-+|-+$/g, "")
      .replace(/-{2,}/g, "-") || "untitled"
  );
}

/** Plain where YAML reads it as the text it is. */
function quoted(text: string): string {
  const isPlain =
    /^[\p{L}\p{N}][\p{L}\p{N} ,.()'’/-]*$/u.test(text) &&
    !/^[\d.-]+$|^(true|false|null|yes|no|on|off)$/i.test(text) &&
    !/[ ]$/.test(text);
  return isPlain ? text : JSON.stringify(text);
}
