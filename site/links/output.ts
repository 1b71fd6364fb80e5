/** A built site on the disk, as a check of its links reads it. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { readSource, type Source } from "../content/source.ts";

export interface Output {
  /** Paths from the output's folder, with forward slashes, in the order of the alphabet. */
  readonly files: readonly string[];
  /** The text of one of them, named as problems name it: from the project root. */
  read(file: string): Source;
}

/** `folder` is a path from the root, `_site`. Absent when it is not there. */
export async function readOutput(root: string, folder: string): Promise<Output | undefined> {
  const top = path.join(root, folder);
  const entries = await readdir(top, { recursive: true, withFileTypes: true }).catch(nothingIfMissing);
  const files = entries
    ?.filter((entry) => entry.isFile())
    .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .sort();
  return files && { files, read: (file) => readSource(root, `${folder}/${file}`) };
}

function nothingIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
