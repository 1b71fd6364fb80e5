/** Posts that are in the target folder and were not imported: their addresses and tags are taken. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { splitFile } from "../content/front-matter-fence.ts";
import { slugOf } from "../content/post.ts";
import { parseYaml } from "../content/structured.ts";
import type { Existing } from "./convert.ts";
import { asList, asRecord, asText } from "./values.ts";

/** `imported` are files of earlier runs, by their paths in the folder; they are left aside. */
export async function readExisting(folder: string, imported: ReadonlySet<string>): Promise<Existing> {
  const slugs = new Set<string>();
  const paths = new Set<string>();
  const tags: string[] = [];
  for (const file of await postFiles(folder)) {
    if (imported.has(file)) continue;
    const text = await readFile(path.join(folder, file), "utf8").catch(() => "");
    const front = asRecord(parseYaml(splitFile(text)?.yaml ?? "", 0).value);
    const slug = asText(front["slug"]) ?? slugOf(file);
    slugs.add(slug);
    for (const alias of [`/posts/${slug}/`, ...asList(front["aliases"])])
      paths.add(alias.endsWith("/") || alias.includes(".") ? alias : `${alias}/`);
    tags.push(...asList(front["tags"]));
  }
  return { slugs, paths, tags };
}

async function postFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => !name.startsWith("."))
    .flatMap((entry) => (entry.isDirectory() ? `${entry.name}/index.md` : entry.name.endsWith(".md") ? entry.name : []))
    .sort();
}
