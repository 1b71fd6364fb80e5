/** The mail of one post as files that its author opens: pictures beside it, published or not. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Post } from "../site/content/blog.ts";
import { loadBlog } from "../site/content/load.ts";
import type { ContentProblem } from "../site/content/problem.ts";
import { noMadeCache } from "../site/made-cache.ts";
import { fillMail } from "../site/publish/article-mail.ts";
import { publishPictures } from "../site/publish/pictures.ts";
import { cutProblems, drawn, madeMail } from "./mails.ts";

export interface MailPreview {
  readonly subject: string;
  /** Of both parts as they are sent, at most. */
  readonly bytes: number;
  /** Paths of the two files, absolute. */
  readonly html: string;
  readonly text: string;
  /** Where the mail ends before the article does. */
  readonly warnings: readonly ContentProblem[];
}

interface PreviewWish {
  /** Project root, absolute. */
  readonly root: string;
  /** A slug, or the path of a post's file from the root. */
  readonly post: string;
  /** Folder for the files, absolute; `<slug>.html` and `<slug>.txt` in it are written over. */
  readonly output: string;
  /** Folder of what is kept from one run to the next, absolute. */
  readonly cache?: string | undefined;
}

/**
 * Drafts and posts of the future have previews too. Absent when there is no such post.
 * @throws {ContentError} with the mistakes of posts and data
 */
export async function previewMail({
  root,
  post: wanted,
  output,
  cache,
}: PreviewWish): Promise<MailPreview | undefined> {
  const { blog } = publishPictures(await loadBlog(root, { cache }), true);
  const file = wanted.split(path.sep).join("/");
  const post = blog.posts.find(({ slug, file: own }) => slug === wanted || own === file || own === `${file}/index.md`);
  if (!post) return undefined;
  const made = await madeMail(post, blog.site, noMadeCache);
  const target = (extension: string) => path.join(output, `${post.slug}.${extension}`);
  await mkdir(output, { recursive: true });
  // No subscriber's addresses: the page that says what the newsletter is.
  const page = `${blog.site.url}/newsletter/`;
  const parts = fillMail(made.mail, { unsubscribe: page, preferences: page });
  let { html } = parts;
  for (const [address, name, bytes] of await picturesOf(root, post, made)) {
    await writeFile(path.join(output, name), bytes);
    html = html.replaceAll(`src="${address}"`, `src="${name}"`);
  }
  await writeFile(target("html"), html);
  await writeFile(target("txt"), parts.text);
  const warnings = await cutProblems(root, post, made);
  return { subject: made.mail.subject, bytes: made.bytes, html: target("html"), text: target("txt"), warnings };
}

type Picture = readonly [address: string, name: string, bytes: Uint8Array];

async function picturesOf(
  root: string,
  post: Post,
  { mail, pictures }: Awaited<ReturnType<typeof madeMail>>,
): Promise<readonly Picture[]> {
  const { origin } = new URL(mail.url);
  const made = pictures.map(async (picture): Promise<Picture> => {
    const bytes = await drawn(picture, { root, cache: noMadeCache });
    return [origin + picture.url, path.basename(picture.url), bytes];
  });
  const own = [...post.pictures.values()].map(async ({ src, file, key }): Promise<Picture> => {
    const name = `${key.slice(0, 10)}-${path.basename(file)}`;
    return [new URL(src, mail.url).href, name, await readFile(path.join(root, file))];
  });
  return Promise.all([...made, ...own]);
}
