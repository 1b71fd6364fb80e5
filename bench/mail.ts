/**
 * `npm run bench:mail -- [--posts N] [--write]`: what mails of articles weigh as they are sent, and what they cost a build.
 * `--write` puts the sizes into docs/newsletter-mail.md.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import MailComposer from "nodemailer/lib/mail-composer";
import { mailProblems, writeMails } from "../build/mails.ts";
import type { Blog } from "../site/content/blog.ts";
import { loadBlog } from "../site/content/load.ts";
import { noMadeCache, openMadeCache } from "../site/made-cache.ts";
import type { ArticleMail } from "../site/publish/article-mail.ts";
import { articleMail } from "../site/publish/mail/article.ts";
import { publishPictures } from "../site/publish/pictures.ts";
import { writeCorpus } from "./content-folder.ts";
import { readerContent } from "./reader/site.ts";
import { markdownTable } from "./reader/table.ts";

const { values } = parseArgs({
  options: { posts: { type: "string", default: "1000" }, write: { type: "boolean", default: false } },
});
const root = path.resolve(import.meta.dirname, "..");

await sizes();
await times(Number(values.posts));

async function sizes(): Promise<void> {
  const content = await readerContent();
  const { blog } = publishPictures(await loadBlog(content), false);
  await rm(content, { recursive: true });
  const rows = [];
  for (const post of blog.posts) {
    const { mail, pictures, cut } = articleMail(post, blog.site);
    const sent = await composed(mail);
    rows.push({
      article: post.slug,
      words: post.article.words,
      "HTML, bytes": Buffer.byteLength(mail.html),
      "text, bytes": Buffer.byteLength(mail.text),
      "both as sent, bytes": sent,
      drawings: pictures.length,
      "ends at": cut ? `#${cut.id}, of ${cut.wholeBytes}` : "its end",
    });
  }
  const table = markdownTable(rows);
  console.log(table);
  if (values.write) await put(table);
}

/** A message with no headers but those that it cannot do without. */
async function composed({ html, text }: ArticleMail): Promise<number> {
  const message = await new MailComposer({ from: "a@b.example", to: "c@d.example", subject: "x", html, text })
    .compile()
    .build();
  return message.length;
}

async function put(table: string): Promise<void> {
  const file = path.join(root, "docs/newsletter-mail.md");
  const page = await readFile(file, "utf8");
  const between = /(<!-- sizes -->\n)[\s\S]*(\n<!-- \/sizes -->)/;
  await writeFile(
    file,
    page.replace(between, (_, before: string, after: string) => before + table + after),
  );
}

async function times(count: number): Promise<void> {
  const folder = path.join(root, ".cache/bench/mail");
  await writeCorpus(root, folder, count);
  const blog = publishPictures(await loadBlog(folder, { cache: path.join(folder, ".cache") }), false).blog;
  const cache = openMadeCache(path.join(folder, ".cache"), "mails");
  console.log(`\n${count} posts of 13 kB of Markdown, milliseconds a post; writing files is not counted`);
  console.log(`nothing kept   ${await each(blog, noMadeCache)}`);
  console.log(`to be kept     ${await each(blog, cache)}`);
  console.log(`all kept       ${await each(blog, cache)}`);
  const started = performance.now();
  await mailProblems(blog, { root: folder, cache });
  console.log(`check:content  ${((performance.now() - started) / count).toFixed(2)}`);
}

async function each(blog: Blog, cache: typeof noMadeCache): Promise<string> {
  const started = performance.now();
  await writeMails(blog, { root, cache, put: () => {} });
  return ((performance.now() - started) / blog.posts.length).toFixed(2);
}
