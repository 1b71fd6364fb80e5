/** The import of an old blog from beginning to end. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { ConfigError } from "../config.ts";
import type { ContentProblem } from "../content/problem.ts";
import { convert } from "./convert.ts";
import { readExisting } from "./existing.ts";
import { type LedgerFiles, readLedger } from "./ledger.ts";
import { type Engine, readers, recognise } from "./recognise.ts";
import { type Written, writePosts } from "./write.ts";

export interface ImportOptions {
  /** As the author typed it, seen from `cwd`. */
  readonly source: string;
  /** Absolute. */
  readonly cwd: string;
  readonly engine?: Engine | undefined;
  /** Target folder, absolute. */
  readonly target: string;
  readonly isDryRun: boolean;
  /** IANA time zone of our site, and its host. */
  readonly zone: string;
  readonly host: string;
  readonly now: Date;
}

export interface ImportOutcome extends Written {
  readonly engine: Engine;
  readonly problems: readonly ContentProblem[];
}

/** @throws {ConfigError} when there is nothing to read, or nobody can tell what it is. */
export async function importBlog(options: ImportOptions): Promise<ImportOutcome> {
  const { source, cwd, target, zone, host, now, isDryRun } = options;
  const place = { path: path.resolve(cwd, source), label: source.replace(/[\\/]+$/, "") || source };
  await stat(place.path).catch(() => {
    throw new ConfigError(`There is nothing at ${source}.`);
  });
  const engine = options.engine ?? (await recognise(place));
  const blog = await readers[engine](place, { zone, host });
  const ledger = await readLedger(target);
  const existing = await readExisting(target, new Set(Object.keys(ledger)));
  const { files, problems } = convert(blog, { zone, host, existing, names: namesIn(ledger), now });
  const written = await writePosts(files, { folder: target, ledger, isDryRun });
  return { ...written, engine, problems: [...problems].sort(byPlace) };
}

/** Names of posts by their ids. */
function namesIn(ledger: LedgerFiles): ReadonlyMap<string, string> {
  const posts = Object.entries(ledger).filter(([file]) => /^[^/]+(?:\/index)?\.md$/.test(file));
  return new Map(posts.map(([file, { post }]) => [post, file.replace(/(?:\/index)?\.md$/, "")]));
}

function byPlace(a: ContentProblem, b: ContentProblem): number {
  return (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column;
}
