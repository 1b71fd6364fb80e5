/** The mails of posts in the last built site: what the functions would send. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parseArticleMail } from "../functions/lib/newsletter/article-file.ts";
import type { ArticleMail } from "../site/publish/article-mail.ts";

const folder = "newsletter/mail";

/** `post` is its slug, its address or its key. `sites` are folders of built sites; the newest file counts. */
export async function findBuiltMail(sites: readonly string[], post: string): Promise<ArticleMail | undefined> {
  for (const file of await filesByAge(sites)) {
    const slug = path.basename(file).replace(/\.[\da-f]{16}\.json$/, "");
    const mail = parseArticleMail(file, await readFile(file));
    if ([slug, mail.key, mail.url, new URL(mail.url).pathname].includes(post)) return mail;
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
