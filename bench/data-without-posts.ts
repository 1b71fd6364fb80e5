/** The data files of this site for a site with other posts: what names posts of ours is left out. */
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Copies `_data` of `root` into `folder`. */
export async function copyDataWithoutPosts(root: string, folder: string): Promise<void> {
  const target = path.join(folder, "_data");
  await cp(path.join(root, "_data"), target, { recursive: true });
  for (const name of await readdir(target)) {
    const entries: unknown = JSON.parse(await readFile(path.join(target, name), "utf8"));
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) delete entry.posts;
    await writeFile(path.join(target, name), JSON.stringify(entries));
  }
}
