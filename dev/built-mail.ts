/** The mails of posts in the last built site, and one of them as a reader would see it. */
import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArticleMail } from "../functions/lib/newsletter/article-file.ts";
import { filled } from "../functions/lib/newsletter/letter.ts";
import type { ArticleMail } from "../site/publish/article-mail.ts";

export interface BuiltMail {
  readonly slug: string;
  readonly mail: ArticleMail;
}

const folder = "newsletter/mail";

/** `post` is its slug, its address or its key. `sites` are folders of built sites; the newest file counts. */
export async function findBuiltMail(sites: readonly string[], post: string): Promise<BuiltMail | undefined> {
  for (const file of await filesByAge(sites)) {
    const slug = path.basename(file).replace(/\.[\da-f]{16}\.json$/, "");
    const mail = parseArticleMail(file, await readFile(file));
    if ([slug, mail.key, mail.url, new URL(mail.url).pathname].includes(post)) return { slug, mail };
  }
  return undefined;
}

/** Newest first. */
async function filesByAge(sites: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    sites.map(async (site) => {
      const names = await readdir(path.join(site, folder)).catch(() => []);
      return names.filter((name) => name.endsWith(".json")).map((name) => path.join(site, folder, name));
    }),
  );
  const dated = await Promise.all(found.flat().map(async (file) => ({ file, at: (await stat(file)).mtimeMs })));
  return dated.sort((a, b) => b.at - a.at).map(({ file }) => file);
}

/** Writes both parts to a new folder for temporary files; gives their paths. */
export async function writeMailParts({ slug, mail }: BuiltMail): Promise<readonly [html: string, text: string]> {
  const made = await mkdtemp(path.join(tmpdir(), "firstflight-mail-"));
  const { html, text } = sampleLetter(mail);
  const files = [path.join(made, `${slug}.html`), path.join(made, `${slug}.txt`)] as const;
  await writeFile(files[0], html);
  await writeFile(files[1], text);
  return files;
}

/** With addresses in its holes that lead to the site, and nobody out of the newsletter. */
export function sampleLetter(mail: ArticleMail) {
  const site = new URL("/newsletter/", mail.url).href;
  return { ...filled(mail, { unsubscribe: site, preferences: site }), unsubscribe: site };
}
