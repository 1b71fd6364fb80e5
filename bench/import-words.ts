/** Words of old posts that are not in the new ones, and the other way about: what an import has lost or made up. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { bodyOf } from "../site/content/front-matter-fence.ts";
import { readLedger } from "../site/import/ledger.ts";
import { readers, recognise } from "../site/import/recognise.ts";

export interface LostWords {
  /** Posts whose words differ. */
  readonly posts: number;
  /** Three lines for each. */
  readonly text: string;
}

/** `posts` is the folder that was imported into, absolute. */
export async function lostWords(source: string, cwd: string, posts: string): Promise<LostWords> {
  const place = { path: path.resolve(cwd, source), label: source };
  const blog = await readers[await recognise(place)](place, { zone: "UTC", host: "" });
  const files = Object.entries(await readLedger(posts)).filter(([file]) => /^[^/]+(?:\/index)?\.md$/.test(file));
  const names = new Map(files.map(([file, { post }]) => [post, file]));
  const lines: string[] = [];
  for (const { id, body } of blog.posts) {
    const file = names.get(id) ?? "";
    const now = counted(bodyOf(await readFile(path.join(posts, file), "utf8")));
    const before = counted(body.text);
    const [lost, added] = [minus(before, now), minus(now, before)];
    if (lost || added) lines.push(`${id} ${file}`, `  lost:  ${lost}`, `  added: ${added}`);
  }
  return { posts: lines.length / 3, text: `${lines.join("\n")}\n` };
}

/** Addresses are no words; they are other ones now. */
function counted(markdown: string): Map<string, number> {
  const plain = markdown
    .replace(/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*/g, "] ")
    .replace(/^( *\[[^\]]+\]:)\s*\S+/gm, "$1 ")
    .replace(/\b(?:src|href)\s*=\s*(?:"[^"]*"|'[^']*'|\S+)/g, " ");
  const counts = new Map<string, number>();
  for (const [word] of plain.matchAll(/[\p{L}\p{N}_]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function minus(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string {
  const over = [...a]
    .map(([word, count]) => [word, count - (b.get(word) ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return over.map(([word, count]) => (count > 1 ? `${word}×${count}` : word)).join(" ");
}
