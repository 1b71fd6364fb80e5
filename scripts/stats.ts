/** `npm run stats [-- POST] [--days N|all] [--json]`: what was read when. */
import path from "node:path";
import { parseArgs } from "node:util";
import { openProjectDatabase } from "../dev/project-database.ts";
import { namesOf } from "../functions/lib/views/slugs.ts";
import { readStatistics, type Statistics } from "../functions/lib/views/statistics.ts";
import { formatStatistics, statisticsAsJson } from "../functions/lib/views/statistics-text.ts";
import { ConfigError, loadEnvironmentFile, readSiteConfig } from "../site/config.ts";
import { loadContent } from "../site/content/load.ts";
import { nearest } from "../site/nearest.ts";
import { explain, paintFor } from "./terminal.ts";

const usage = "npm run stats -- [POST] [--days N|all] [--json], where POST is the end of a post's address";
const root = process.cwd();

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { days: { type: "string", default: "14" }, json: { type: "boolean", default: false } },
  });
  if (positionals.length > 1) throw new ConfigError(`One post at a time: ${usage}`);
  const days = numberOfDays(values.days);
  loadEnvironmentFile(root);
  // A mistake in a post is no reason not to show what was read.
  const { blog } = await loadContent(root, { cache: path.join(root, ".cache") });
  const { database, close } = await openProjectDatabase(readSiteConfig(root));
  try {
    const all = await readStatistics(database, { days, names: namesOf(blog?.posts ?? []) });
    const wanted = positionals[0] === undefined ? all : onePost(all, positionals[0]);
    if (values.json) console.log(statisticsAsJson(wanted));
    else console.log(formatStatistics(wanted, paintFor(process.stdout)));
  } finally {
    await close();
  }
} catch (error) {
  console.error(explainStats(error));
  process.exitCode = 1;
}

function numberOfDays(text: string): number | undefined {
  if (text === "all") return undefined;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3660) return days;
  throw new ConfigError(`--days is a whole number from 1 to 3660, or all, not "${text}": ${usage}`);
}

function onePost(all: Statistics, slug: string): Statistics {
  const posts = all.posts.filter((post) => post.slug === slug);
  if (posts.length > 0) return { ...all, posts };
  const near = nearest(
    slug,
    all.posts.map((post) => post.slug),
  );
  throw new ConfigError(`Nothing called "${slug}" was ever read${near ? `; did you mean "${near}"?` : "."}`);
}

function explainStats(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("ERR_PARSE_ARGS")) return `${(error as Error).message}\n${usage}`;
  return explain(error);
}
