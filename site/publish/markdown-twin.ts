/** An article as Markdown, for programs and for people who read in their own way. */
import type { Post } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";

/** `/posts/quiet/` → `/posts/quiet.md` */
export function twinUrl(post: Post): string {
  return `${post.url.replace(/\/$/, "")}.md`;
}

/** `markdown` is the post's own text behind its front matter. Links and pictures become absolute. */
export function markdownTwin(post: Post, markdown: string, siteUrl: string): string {
  const page = siteUrl + post.url;
  const references = [
    ...post.article.links.map(({ href, offset, length }) => ({ address: href, offset, length })),
    ...post.article.images.map(({ src, offset, length }) => ({ address: src, offset, length })),
  ].sort((a, b) => b.offset - a.offset);
  let body = markdown;
  for (const { address, offset, length } of references) {
    if (length === undefined || !URL.canParse(address, page)) continue;
    body = body.slice(0, offset) + new URL(address, page).href + body.slice(offset + length);
  }
  const head = [`# ${post.title}`, post.description, `${toIso(post.published)} · <${page}>`];
  return `${head.join("\n\n")}\n\n${body.replace(/\r\n/g, "\n").trim()}\n`;
}
