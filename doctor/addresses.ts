/** published-addresses.txt: whether the next build would find one of its addresses gone, and refuse. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { readNetlifyRules } from "../build/netlify-rules.ts";
import type { Blog } from "../site/content/blog.ts";
import { redirectsFile } from "../site/publish/redirects.ts";
import { type Finding, ok, wrong } from "./finding.ts";

const subject = "published-addresses.txt";
const shown = 3;
const remedy =
  'put each into "aliases" of a post or the redirects of netlify.toml; lines that were only ever the example\'s may go';

/** Only of posts, tags and series: the other pages come with the program. `blog` as it is published today. */
export async function checkAddresses(root: string, blog: Blog): Promise<readonly Finding[]> {
  const text = await readFile(path.join(root, subject), "utf8").catch(() => "");
  const listed = text.split("\n").filter((line) => /^\/(?:posts|tags|series)\/./.test(line));
  const here = new Set([...blog.posts, ...blog.tags, ...blog.series].map(({ url }) => url));
  const { redirectFor } = await readNetlifyRules(root, { headers: "", redirects: redirectsFile(blog) });
  const lost = listed.filter((address) => !here.has(address) && !redirectFor(address));
  if (lost.length === 0) return [ok(subject, `${listed.length} addresses of posts, tags and series, none lost`)];
  const some = lost.slice(0, shown).join(", ") + (lost.length > shown ? ", …" : "");
  return [wrong(subject, `the build refuses to lose ${lost.length} addresses: ${some}`, { remedy, blocks: true })];
}
