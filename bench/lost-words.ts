/** Words of old posts that are not in the new ones, and the other way about: what an import has lost or made up. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { splitFile } from "../site/content/front-matter-fence.ts";
import { readLedger } from "../site/import/ledger.ts";
import type { SourceBlog } from "../site/import/source-post.ts";

export async function lostWords(blog: SourceBlog, posts: string): Promise<string> {
  const ledger = await readLedger(posts);
  const lines: string[] = [];
  for (const post of blog.posts) {
    const file = Object.entries(ledger).find(([name, { post: id }]) => id === post.id && name.endsWith(".md"))?.[0];
    if (!file) {
      lines.push(`== ${post.id}: NOT IMPORTED`);
      continue;
    }
    const text = await readFile(path.join(posts, file), "utf8");
    const now = counted(text.slice(splitFile(text)?.bodyStart ?? 0));
    const before = counted(post.body.text);
    const lost = minus(before, now);
    const added = minus(now, before);
    if (lost.length + added.length > 0)
      lines.push(`== ${post.id} -> ${file}`, `  lost: ${lost.join(" ")}`, `  added: ${added.join(" ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function counted(markdown: string): Map<string, number> {
  const plain = markdown
    .replace(/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*/g, "] ")
    .replace(/^( *\[[^\]]+\]:)\s*\S+/gm, "$1 ")
    .replace(/\b(?:src|href)\s*=\s*(?:"[^"]*"|'[^']*'|\S+)/g, " ");
  const counts = new Map<string, number>();
  for (const [word] of plain.matchAll(/[\p{L}\p{N}_]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function minus(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  return [...a].flatMap(([word, count]) => {
    const over = count - (b.get(word) ?? 0);
    return over > 0 ? [over > 1 ? `${word}×${over}` : word] : [];
  });
}
