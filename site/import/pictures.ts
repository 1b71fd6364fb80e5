/** Files of the old blog that posts show or link to: found inside its folder, nowhere else, and named for ours. */
import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import { decoded, fileNameFrom } from "./names.ts";
import type { SourceBlog, SourcePost } from "./source-post.ts";

/** Absolute path of the file that an address means; absent when there is none inside the blog's folder. */
export function findFile(blog: SourceBlog, post: SourcePost, address: string): string | undefined {
  const plain = decoded(address.replace(/[?#].*$/, "")).replaceAll("\\", "/");
  if (!plain || plain.includes("\0")) return undefined;
  const wanted = blog.filesFor?.(plain) ?? candidates(blog, post, plain);
  return wanted.map((file) => insideOf(blog.root, file)).find(Boolean);
}

function candidates(blog: SourceBlog, post: SourcePost, address: string): string[] {
  const below = (pathname: string) => [...blog.publicFolders, blog.root].map((folder) => path.join(folder, pathname));
  const fromSource = /^[@~]\/(.+)$/.exec(address)?.[1];
  if (fromSource) return [path.join(blog.root, "src", fromSource), ...below(fromSource)];
  if (address.startsWith("/")) return below(withoutBase(address, blog.basePath));
  const beside = post.file ? [path.join(path.dirname(post.file), address)] : [];
  const base = `http://old${encodeURI(post.address ?? "/")}`;
  const seen = URL.canParse(encodeURI(address), base) ? decoded(new URL(encodeURI(address), base).pathname) : undefined;
  return [...beside, ...(seen ? below(withoutBase(seen, blog.basePath)) : []), ...below(address)];
}

function withoutBase(pathname: string, basePath: string): string {
  const base = basePath.replace(/\/$/, "");
  return base && pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
}

/** The file, links followed, when it is one and lies in the folder. */
function insideOf(root: string, file: string): string | undefined {
  try {
    const target = realpathSync(file);
    return target.startsWith(realpathSync(root) + path.sep) && statSync(target).isFile() ? target : undefined;
  } catch {
    return undefined;
  }
}

/** What a post brings along, each file once, under a name of its own. */
export interface Attachments {
  /** Name beside the post. */
  add(file: string): string;
  /** Absolute source, by name. */
  readonly files: ReadonlyMap<string, string>;
}

export function attachments(): Attachments {
  const files = new Map<string, string>();
  const names = new Map<string, string>();
  const taken = new Set(["index.md"]);
  return {
    files,
    add(file) {
      const known = names.get(file);
      if (known) return known;
      const { name, ext } = path.parse(fileNameFrom(file.replaceAll("%", "%25")));
      let wish = `${name}${ext}`;
      for (let n = 2; taken.has(wish.toLowerCase()); n++) wish = `${name}-${n}${ext}`;
      taken.add(wish.toLowerCase());
      names.set(file, wish);
      files.set(wish, file);
      return wish;
    },
  };
}
