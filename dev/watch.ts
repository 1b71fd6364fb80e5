/** Tells of changed sources, a burst of changes as one. */
import { once } from "node:events";
import path from "node:path";
import { watch } from "chokidar";

const sources = ["posts", "_data", "_includes", "site", "functions", "build", "eleventy.config.ts", "netlify.toml"];
/** An editor may write a file in several steps. */
const settleMilliseconds = 20;

export interface Change {
  /** Paths from the project root, with forward slashes. */
  readonly files: readonly string[];
  /** Something other than posts and data changed. */
  readonly isCode: boolean;
}

/** Calls `onChange` one at a time: changes during a call make the next one. Resolves, once it watches, with how to stop. */
export async function watchSources(
  root: string,
  onChange: (change: Change) => Promise<void>,
): Promise<() => Promise<void>> {
  const changed = new Set<string>();
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(
    sources.map((source) => path.join(root, source)),
    {
      ignoreInitial: true,
      ignored: (file) => /(^|[/\\])(\.[^/\\]|[^/\\]*~$|#)/.test(path.relative(root, file)),
    },
  );
  const run = async () => {
    if (running || changed.size === 0) return;
    running = true;
    const files = [...changed];
    changed.clear();
    await onChange({ files, isCode: files.some((file) => !/^(posts|_data)\//.test(file)) });
    running = false;
    void run();
  };
  watcher.on("all", (_event, file) => {
    changed.add(path.relative(root, file).split(path.sep).join("/"));
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settleMilliseconds);
  });
  await once(watcher, "ready");
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
