/** Puts the mails of posts into a site: from the cache, or made now. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Blog, Post } from "../site/content/blog.ts";
import { bodyOf } from "../site/content/front-matter-fence.ts";
import type { ContentProblem } from "../site/content/problem.ts";
import type { Site } from "../site/content/schemas.ts";
import { readSource } from "../site/content/source.ts";
import type { MadeCache } from "../site/made-cache.ts";
import { codeVersion } from "../site/pinned-versions.ts";
import { isMailed, maxMailBytes } from "../site/publish/article-mail.ts";
import type { MadeMail } from "../site/publish/mail/article.ts";
import type { MadePicture } from "../site/publish/mail/pictures.ts";

interface MailsBuild {
  /** Project root, absolute. */
  readonly root: string;
  readonly cache: MadeCache;
  /** Only so many of the newest posts; all when absent. */
  readonly newest?: number | undefined;
  /** `url` is a path from the origin. */
  readonly put: (url: string, content: string | Uint8Array) => void;
}

interface WrittenMails {
  /** Paths from the origin, by the slugs of posts. */
  readonly urls: ReadonlyMap<string, string>;
  readonly warnings: readonly ContentProblem[];
}

export async function writeMails({ posts, site }: Blog, build: MailsBuild): Promise<WrittenMails> {
  const urls = new Map<string, string>();
  const warnings: ContentProblem[] = [];
  for (const post of posts.filter(isMailed).slice(0, build.newest)) {
    const made = await madeMail(post, site, build.cache);
    const text = JSON.stringify(made.mail);
    const url = `/newsletter/mail/${post.slug}.${sha256(text).slice(0, 16)}.json`;
    build.put(url, text);
    urls.set(post.slug, url);
    for (const picture of made.pictures) build.put(picture.url, await drawn(picture, build));
    warnings.push(...(await cutProblems(build.root, post, made)));
  }
  return { urls, warnings };
}

/** So short an article is no mail that would be too large, whatever it is made of. */
const shortMarkup = 32_000;

/** What `writeMails` would warn of; drafts are looked at like all others. */
export async function mailProblems({ posts, site }: Blog, { root, cache }: Omit<MailsBuild, "put">) {
  const problems: ContentProblem[] = [];
  for (const post of posts) {
    if (!isMailed({ ...post, draft: false }) || post.article.html.markup.length < shortMarkup) continue;
    problems.push(...(await cutProblems(root, post, await madeMail(post, site, cache))));
  }
  return problems;
}

export function madeMail(post: Post, site: Site, cache: MadeCache): Promise<MadeMail> {
  return cache.recall(`${mailKey(post, site)}.mail`, async () => {
    const { articleMail } = await import("../site/publish/mail/article.ts");
    return articleMail(post, site);
  });
}

/** Names a mail by all that it is made of. */
function mailKey(post: Post, { title, url, language, newsletterContent }: Site): string {
  const { article, pictures, ...front } = post;
  const { pageHtml: _page, attachments: _files, modified: _modified, preview: _preview, ...said } = front;
  const shown = [...pictures.values()].map(({ src, key }) => [src, key]);
  const site = [title, url, language, newsletterContent];
  return sha256(JSON.stringify([mailVersion(), site, said, article.html.markup, article.readingMinutes, shown]));
}

let version: string | undefined;

/** Changes with the code that makes mails. */
function mailVersion(): string {
  version ??= newVersion();
  return version;
}

function newVersion(): string {
  const folder = path.resolve(import.meta.dirname, "../site/publish/mail");
  const parts = readdirSync(folder).map((file) => `publish/mail/${file}`);
  const others = [
    "publish/article-mail.ts",
    "pictures/addresses.ts",
    "cards/letters.ts",
    "content/dates.ts",
    "html.ts",
  ];
  return codeVersion([...parts, ...others], ["node-html-parser", "@fontsource/source-sans-3"]);
}

export function drawn(
  { url, width, from }: MadePicture,
  { root, cache }: Omit<MailsBuild, "put">,
): Promise<Uint8Array> {
  return cache.recall(path.basename(url), async () => {
    const { drawSvg, makePng } = await import("../site/publish/mail/draw.ts");
    return "svg" in from ? drawSvg(from.svg, width) : makePng(await readFile(path.join(root, from.file)), width);
  });
}

/** At the heading that the mail ends before, where it is known. */
export async function cutProblems(root: string, post: Post, { cut }: MadeMail): Promise<readonly ContentProblem[]> {
  if (!cut) return [];
  const source = readSource(root, post.file);
  const heading = post.article.headings.find(({ id }) => id === cut.id);
  const offset = heading ? source.text.length - bodyOf(source.text).length + heading.offset : 0;
  const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  const where = heading ? `before "${heading.text}"` : "within a section";
  const problem = `the mail to subscribers would have ${kB(cut.wholeBytes)}, so it ends ${where} with a link to the rest`;
  const hint = `mail programs cut off what is longer than ${kB(maxMailBytes)}; let it end sooner, or have "newsletterContent": "excerpt" in _data/site.json`;
  return [source.problemAt(offset, { code: "mail-size", problem, hint, severity: "warning" })];
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
