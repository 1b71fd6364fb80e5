/** A whole old blog made files of ours, in memory: nothing is written here. */

import type { ContentProblem } from "../content/problem.ts";
import { isSiteAddress } from "../content/site-addresses.ts";
import { renderArticle } from "../markdown/render.ts";
import { convertBody, referenceScheme } from "./body.ts";
import { dayOf, momentOf } from "./dates.ts";
import { type Draft, replaceAll } from "./draft.ts";
import { frontMatterText } from "./front-matter-text.ts";
import { plainLine } from "./html/plain-text.ts";
import { resolver, type Surroundings } from "./links.ts";
import { mendAddresses } from "./markdown/addresses.ts";
import { repair } from "./markdown/repairs.ts";
import { oneLine, tagFrom, wordsOf } from "./names.ts";
import { type Attachments, attachments } from "./pictures.ts";
import { oldAddresses, type PlannedPost, planPosts } from "./site-plan.ts";
import { type SourceBlog, type Tell, tellInto } from "./source-post.ts";
import { cut, summaryOf } from "./summary.ts";

/** What is in the target folder already and does not come from an import. */
export interface Existing {
  readonly slugs: ReadonlySet<string>;
  /** Paths that lead to these posts, each with a slash at its end unless it names a file. */
  readonly paths: ReadonlySet<string>;
  readonly tags: readonly string[];
}

export interface ConvertOptions {
  readonly zone: string;
  /** Host of our site. */
  readonly host: string;
  readonly existing: Existing;
  /** Names that earlier runs gave, by the posts' ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: Date;
}

export interface NewFile {
  readonly id: string;
  /** `2019-01-02-quiet.md`, or `2019-01-02-quiet/index.md` when it brings files. */
  readonly file: string;
  readonly text: string;
  /** Absolute sources by their names beside the post. */
  readonly attachments: ReadonlyMap<string, string>;
}

export interface Converted {
  readonly files: readonly NewFile[];
  readonly problems: readonly ContentProblem[];
}

export function convert(blog: SourceBlog, { zone, host, existing, names, now }: ConvertOptions): Converted {
  const problems: ContentProblem[] = [...blog.problems, ...blog.posts.flatMap((post) => post.problems)];
  const planned = planPosts(blog.posts, { zone, taken: existing.slugs, names });
  const old = oldAddresses(blog, planned);
  const numbers = new Map(planned.map((post, number) => [post, number]));
  const refer = (name: string) => {
    const [target = "", anchor] = name.split("#");
    const post = old.named(target) ?? (target.startsWith("/") ? old.atPath(target) : undefined);
    return post && `${referenceScheme}${numbers.get(post)}${anchor === undefined ? "" : `#${anchor}`}`;
  };
  const drafts = planned.map((post) => {
    const tell = tellInto(problems, post.source.source);
    return { post, tell, draft: convertBody(post, tell, refer) };
  });
  const ids = new Map(drafts.map(({ post, draft }) => [post, renderArticle(draft.text).ids]));
  const surroundings = { blog, planned, old, ids, host, now: now.getTime() };
  const tags = tagSpellings(existing.tags);
  const aliases = aliasRegister(planned, existing.paths);
  const files = drafts.map((one) => finish({ ...one, surroundings, zone, tags, aliases }));
  return { files, problems: [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()] };
}

interface Unfinished {
  readonly post: PlannedPost;
  readonly draft: Draft;
  readonly tell: Tell;
  readonly surroundings: Surroundings;
  readonly zone: string;
  readonly tags: (written: readonly string[]) => { readonly tags: readonly string[]; readonly lost: readonly string[] };
  readonly aliases: (post: PlannedPost, tell: Tell) => readonly string[];
}

function finish(unfinished: Unfinished): NewFile {
  const { post, tell, surroundings } = unfinished;
  const { source } = post;
  const files = attachments();
  const describe = (at: number, alt: string) => describeIt(tell, at, alt);
  const linked = mendAddresses(unfinished.draft, resolver(surroundings, post, files, tell), describe);
  const referred = replaceAll(linked, /import:\/\/(\d+)/g, ([, number]) => surroundings.planned[Number(number)]?.url);
  const body = repair(referred, tell)
    .text.replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
  const { tags, lost } = unfinished.tags(source.tags);
  for (const tag of lost)
    tell(source.body.originOf(0), "front-matter", `tag "${tag}" cannot be written in plain letters`, "left out");
  const text = frontMatterText({
    title: plainLine(source.title),
    description: descriptionOf(unfinished, body),
    published: source.published,
    updated: updatedOf(unfinished),
    tags,
    aliases: unfinished.aliases(post, tell),
    draft: source.draft,
    unlisted: source.unlisted ?? false,
    ...imageOf(unfinished, files),
    canonical: source.canonical,
    language: source.language,
    toc: source.toc,
  });
  const file = files.files.size > 0 ? `${post.name}/index.md` : `${post.name}.md`;
  return { id: source.id, file, text: `${text}\n${body}\n`, attachments: files.files };
}

function describeIt(tell: Tell, at: number, alt: string): void {
  tell(at, "picture", "picture without a description", `it became "${alt}"; say what it shows`);
}

function descriptionOf({ post: { source }, tell }: Unfinished, body: string): string {
  if (source.description) return plainLine(source.description);
  const summary = summaryOf(renderArticle(body).html.markup) || cut(oneLine(source.title));
  tell(
    source.start ?? 0,
    "front-matter",
    "there is no description",
    `it became how the text begins, "${summary.slice(0, 40)}${summary.length > 40 ? "…" : ""}"`,
  );
  return summary;
}

function updatedOf({ post: { source }, tell, zone }: Unfinished): string | undefined {
  const { updated, published } = source;
  if (!updated || dayOf(updated, zone) === dayOf(published, zone)) return undefined;
  if (momentOf(updated, zone) > momentOf(published, zone)) return updated;
  tell(source.start ?? 0, "front-matter", `changed on ${updated}, before it was published`, "left out");
  return undefined;
}

function imageOf({ post, tell, surroundings }: Unfinished, files: Attachments) {
  const { image, title } = post.source;
  if (!image) return {};
  const told: Parameters<Tell>[] = [];
  const outcome = resolver(surroundings, post, files, (...words) => told.push(words))(
    "picture",
    image.src,
    image.offset,
  );
  const isGone = outcome !== undefined && "isGone" in outcome;
  for (const [offset, code, problem, done] of told) tell(offset, code, problem, isGone ? "left out" : done);
  if (!outcome || !("address" in outcome) || /^data:/i.test(outcome.address)) return {};
  const words = wordsOf(image.src);
  const imageAlt = oneLine(image.alt ?? (words === "Picture" ? `Picture for "${title}"` : words));
  if (image.alt === undefined) describeIt(tell, image.offset, imageAlt);
  return { image: outcome.address, imageAlt };
}

/** The first spelling of a tag is that of all posts; `open-source` and `opensource` are one. */
function tagSpellings(known: readonly string[]): Unfinished["tags"] {
  const spellings = new Map(known.map((tag) => [tag.replaceAll("-", ""), tag]));
  return (written) => {
    const tags = new Set<string>();
    const lost: string[] = [];
    for (const one of written) {
      const tag = tagFrom(one);
      const key = tag.replaceAll("-", "");
      if (!tag) lost.push(one);
      if (tag && !spellings.has(key)) spellings.set(key, tag);
      const spelt = spellings.get(key);
      if (tag && spelt) tags.add(spelt);
    }
    return { tags: [...tags], lost };
  };
}

/** Old paths of every post; each leads to one post only, and none is in the way of a page. */
function aliasRegister(planned: readonly PlannedPost[], existing: ReadonlySet<string>): Unfinished["aliases"] {
  const taken = new Set([...existing, ...planned.map(({ url }) => url)]);
  return (post, tell) => {
    const { address, aliases, draft, start = 0 } = post.source;
    const all = new Set([...aliases, ...(address && !draft ? [address] : [])]);
    return [...all].flatMap((written) => {
      const alias = aliasFrom(written);
      const full = alias && (alias.endsWith("/") || alias.includes(".") ? alias : `${alias}/`);
      if (full === post.url || !alias || !full) {
        if (!full) tell(start, "address", `old address ${written}`, "cannot be an alias here");
        return [];
      }
      if (taken.has(full) || isSiteAddress(full)) {
        tell(start, "address", `old address ${written}`, "left out: another page has it");
        return [];
      }
      taken.add(full);
      return [alias];
    });
  };
}

function aliasFrom(written: string): string | undefined {
  const plain = written
    .replace(/[?#].*$/, "")
    .replaceAll("\\", "/")
    .replace(/\/{2,}/g, "/");
  if (!URL.canParse(plain, "http://old/")) return undefined;
  const { pathname } = new URL(plain, "http://old/");
  return /^\/[^\s?#]+$/.test(pathname) && !pathname.includes("//") ? pathname : undefined;
}
