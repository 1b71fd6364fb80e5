/**
 * `node floor.ts POSTS OUTPUT`: what a blog costs at least in JavaScript. Reads a folder of posts, their YAML, renders with the
 * markdown-it and Prism of this project, fills template strings, writes; one thread, no framework, no cache, nothing checked.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { floorMarkdown } from "./floor-markdown.ts";
import {
  atomFeed,
  type FloorPost,
  listPage,
  pageUrl,
  postPage,
  type Section,
  sitemap,
  tagIndexPage,
} from "./floor-pages.ts";

const perPage = 10;

/** The pages of a plain blog: every post, all posts and each tag by ten, the tags; and a feed of twenty and a sitemap. */
export function buildFloor(posts: string, output: string): void {
  const all = readPosts(posts);
  const urls: string[] = [];
  const page = (url: string, text: string) => {
    urls.push(url);
    write(path.join(output, url, "index.html"), text);
  };
  // A post before is an older one.
  for (const [at, post] of all.entries()) page(post.url, postPage(post, all[at + 1], all[at - 1]));
  const tags = byTag(all);
  for (const section of [{ title: "Posts", url: "/", posts: all }, ...tags]) {
    const count = Math.max(1, Math.ceil(section.posts.length / perPage));
    for (let n = 1; n <= count; n += 1) {
      const shown = section.posts.slice((n - 1) * perPage, n * perPage);
      page(pageUrl(section, n), listPage({ ...section, posts: shown }, n, count));
    }
  }
  page("/tags/", tagIndexPage(tags));
  write(path.join(output, "feed.xml"), atomFeed(all.slice(0, 20)));
  write(path.join(output, "sitemap.xml"), sitemap(urls));
}

/** Newest first. */
function readPosts(folder: string): readonly FloorPost[] {
  const markdown = floorMarkdown();
  const posts = readdirSync(folder).map((file): FloorPost => {
    const text = readFileSync(path.join(folder, file), "utf8");
    const end = text.indexOf("\n---\n", 3);
    const { title, description, published, tags } = parse(text.slice(4, end));
    const html = markdown.render(text.slice(end + 5), {});
    return { title, description, tags, html, published: new Date(published), url: `/posts/${path.parse(file).name}/` };
  });
  return posts.sort((a, b) => b.published.getTime() - a.published.getTime());
}

function byTag(posts: readonly FloorPost[]): readonly Section[] {
  const found = new Map<string, FloorPost[]>();
  for (const post of posts) {
    for (const tag of post.tags) {
      const tagged = found.get(tag);
      if (tagged) tagged.push(post);
      else found.set(tag, [post]);
    }
  }
  return [...found].sort().map(([title, tagged]) => ({ title, url: `/tags/${title}/`, posts: tagged }));
}

const made = new Set<string>();

function write(file: string, text: string): void {
  const folder = path.dirname(file);
  if (!made.has(folder)) mkdirSync(folder, { recursive: true });
  made.add(folder);
  writeFileSync(file, text);
}

const [, , posts, output] = process.argv;
if (import.meta.main && posts && output) buildFloor(posts, output);
