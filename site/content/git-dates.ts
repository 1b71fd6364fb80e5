/** When each post and data file last changed, from the repository's history, in one pass. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const git = promisify(execFile);

/**
 * Last commit of every file below `folders`, by path from the project root. Commits named in `.git-blame-ignore-revs` do not
 * count. Empty where history cannot tell: no repository, no git, or a shallow clone, in which every file would seem to have
 * changed in its oldest commit.
 */
export async function readGitDates(root: string, ...folders: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  try {
    if ((await run(root, ["rev-parse", "--is-shallow-repository"])).trim() !== "false") return new Map();
    const ignored = await ignoredCommits(root);
    const log = await run(root, [
      "log",
      "--format=%x00%H %ct",
      "--name-only",
      "--no-renames",
      "--relative",
      "--",
      ...folders,
    ]);
    return newestFirst(log, ignored);
  } catch {
    return new Map();
  }
}

async function run(root: string, args: readonly string[]): Promise<string> {
  const options = { cwd: root, maxBuffer: 256 * 1024 * 1024 };
  return (await git("git", ["-c", "core.quotePath=false", ...args], options)).stdout;
}

/** Full hashes, one a line, `#` begins a comment. @see git-blame(1), blame.ignoreRevsFile */
async function ignoredCommits(root: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path.join(root, ".git-blame-ignore-revs"), "utf8").catch(() => "");
  return new Set(
    text
      .split("\n")
      .map((line) => line.replace(/#.*/, "").trim())
      .filter(Boolean),
  );
}

/** Each entry of the log is a hash, a time in seconds and the files of the commit. */
function newestFirst(log: string, ignored: ReadonlySet<string>): ReadonlyMap<string, Date> {
  const dates = new Map<string, Date>();
  for (const entry of log.split("\0").filter(Boolean)) {
    const [head = "", ...files] = entry.split("\n").filter(Boolean);
    const [hash = "", seconds = ""] = head.split(" ");
    if (ignored.has(hash)) continue;
    for (const file of files) if (!dates.has(file)) dates.set(file, new Date(Number(seconds) * 1000));
  }
  return dates;
}
