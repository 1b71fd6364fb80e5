/** One Markdown file made a {@link Post}, with every mistake in it. */
import type { DateTime } from "luxon";
import { type RenderedArticle, renderArticle } from "../markdown/render.ts";
import type { Post, SeriesPart } from "./blog.ts";
import { check } from "./check.ts";
import { parseDate } from "./dates.ts";
import type { ContentProblem } from "./problem.ts";
import { FrontMatter } from "./schemas.ts";
import type { Source } from "./source.ts";
import { parseYaml, type Structured } from "./structured.ts";

export interface LoadedPost {
  readonly post: Post | undefined;
  readonly problems: readonly ContentProblem[];
}

/** Front matter between two lines of `---` at the top of the file; the second group is the YAML. */
const fence = /^(---[ \t]*\r?\n)([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

/** `zone` is the site's IANA time zone; `attachments` are paths of files in the post's own folder. */
export function readPost(source: Source, zone: string, attachments: readonly string[]): LoadedPost {
  const match = fence.exec(source.text);
  if (match?.index !== 0) {
    const hint = 'begin the file with "---", the front matter, and "---"';
    return {
      post: undefined,
      problems: [source.problemAt(0, { code: "no-front-matter", problem: "the post has no front matter", hint })],
    };
  }
  const parsed = parseYaml(match[2] ?? "", match[1]?.length ?? 0);
  const checked = check(source, parsed, FrontMatter);
  const article = renderArticle(source.text.slice(match[0].length));
  const inBody = article.problems.map((problem) => source.problemAt(match[0].length + problem.offset, problem));
  if (!checked.value) return { post: undefined, problems: [...checked.problems, ...inBody] };
  const made = toPost(source, parsed, checked.value, zone, article, attachments);
  return { post: made.post, problems: [...made.problems, ...inBody] };
}

/** `posts/2026-03-14-quiet.md` and `posts/2026-03-14-quiet/index.md` are both `quiet`. */
export function slugOf(file: string): string {
  const name =
    file
      .replace(/\/index\.md$/, "")
      .replace(/\.md$/, "")
      .split("/")
      .at(-1) ?? "";
  return name.replace(/^\d{4}-\d{2}-\d{2}-/, "");
}

function toPost(
  source: Source,
  parsed: Structured,
  front: FrontMatter,
  zone: string,
  article: RenderedArticle,
  attachments: readonly string[],
): LoadedPost {
  const problems: ContentProblem[] = [];
  const report = (key: string, code: string, problem: string, hint?: string) =>
    problems.push(source.problemAt(parsed.offsetOf([key], "value"), { code, key, problem, hint }));
  const date = (key: "published" | "updated"): DateTime<true> | undefined => {
    const written = front[key];
    const read = written && parseDate(written, zone);
    if (written && !read) report(key, "invalid-date", `"${key}" is no date that exists: ${written}`);
    return read || undefined;
  };
  const published = date("published");
  const updated = date("updated");
  if (published && updated && updated < published) report("updated", "date-order", '"updated" is before "published"');
  const slug = slugOf(source.file);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    const hint = "name it 2026-03-14-lower-case-words.md";
    problems.push(source.problemAt(0, { code: "invalid-slug", problem: `"${slug}" cannot be an address`, hint }));
  }
  const series = seriesPart(front, report);
  if (!published || problems.length > 0) return { post: undefined, problems };
  const { title, description, tags, draft } = front;
  const url = `/posts/${slug}/`;
  return {
    post: {
      slug,
      url,
      title,
      description,
      published,
      updated,
      tags,
      series,
      draft,
      file: source.file,
      attachments,
      article,
    },
    problems,
  };
}

function seriesPart(
  { series, part }: FrontMatter,
  report: (key: string, code: string, problem: string) => void,
): SeriesPart | undefined {
  if (series && !part) report("series", "series-without-part", 'a post of a series needs "part"');
  if (part && !series) report("part", "part-without-series", '"part" needs "series"');
  return series && part ? { name: series, part } : undefined;
}
