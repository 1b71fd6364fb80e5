/** The site as it was last built on this machine: there, no older than its sources, and light. Never blocking: the host builds its own. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { checkPages } from "./build-pages.ts";
import { type Finding, missing, ok, wrong } from "./finding.ts";

const remedy = "npm run build";
const sources = ["posts", "_data"];

export async function checkLastBuild(root: string): Promise<readonly Finding[]> {
  const folder = path.join(root, "_site");
  const built = await stat(path.join(folder, "index.html")).catch(() => undefined);
  if (!built) return [missing("_site", "not built here", { remedy })];
  const newest = await newestSource(root);
  const age =
    newest && newest.changed > built.mtimeMs
      ? wrong("_site", `older than ${newest.file}`, { remedy })
      : ok("_site", "newer than posts and data");
  return [age, ...(await checkPages(folder))];
}

interface Source {
  /** Path from the project root. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** Absent when there are no sources at all. */
async function newestSource(root: string): Promise<Source | undefined> {
  const lists = await Promise.all(sources.map((folder) => sourcesBelow(root, folder)));
  return lists.flat().sort((a, b) => b.changed - a.changed)[0];
}

async function sourcesBelow(root: string, folder: string): Promise<readonly Source[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => ({
      file: path.relative(root, file).split(path.sep).join("/"),
      changed: (await stat(file)).mtimeMs,
    })),
  );
}
