/** Parsed posts from one run to the next, by the content of their files: what has not changed is not parsed again. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import { trusted } from "../html.ts";
import { splitFile } from "./front-matter-fence.ts";
import type { ParsedPost } from "./parse-post.ts";
import { parseYaml, type Structured } from "./structured.ts";

export interface PostCache {
  /** As `parsePost` gives it. */
  parse(text: string, language: string): Promise<ParsedPost | undefined>;
  /** Writes what is new, and forgets what has not been asked for. */
  close(): void;
}

/** Parses every post anew. */
export const noPostCache: PostCache = { parse: parseAnew, close: () => {} };

/** Of all entries so many may be of no use any more before they go. */
const unusedShare = 0.5;

/** Keeps parsed posts in `<folder>/posts.sqlite`. A cache that cannot be read or written is as good as none. */
export function openPostCache(folder: string): PostCache {
  const database = openDatabase(folder);
  if (!database) return noPostCache;
  const version = codeVersion();
  const find = database.prepare("SELECT parsed FROM post WHERE key = ?");
  const fresh = new Map<string, Buffer>();
  const used = new Set<string>();
  return {
    async parse(text, language) {
      const key = createHash("sha256").update(version).update(`${language}\n`).update(text).digest("base64");
      used.add(key);
      const row = attempt(() => find.get(key));
      const known = row && attempt(() => revive(row["parsed"] as Uint8Array, text));
      if (known) return known;
      const parsed = await parseAnew(text, language);
      // A file with a mistake in its YAML will change, and only a parser knows its places.
      if (parsed && parsed.frontMatter.syntaxErrors.length === 0) fresh.set(key, preserve(parsed));
      return parsed;
    },
    close() {
      attempt(() => store(database, fresh, used));
      attempt(() => database.close());
    },
  };
}

/** A run that finds every post in the cache loads neither the Markdown parser nor the highlighter. */
async function parseAnew(text: string, language: string): Promise<ParsedPost | undefined> {
  const { parsePost } = await import("./parse-post.ts");
  return parsePost(text, language);
}

function openDatabase(folder: string): DatabaseSync | undefined {
  const file = path.join(folder, "posts.sqlite");
  return attempt(() => {
    mkdirSync(folder, { recursive: true });
    try {
      return openFile(file);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      rmSync(file);
      return openFile(file);
    }
  });
}

function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 2_000 });
  try {
    // Whatever a crash leaves behind can be made again.
    database.exec("PRAGMA synchronous = OFF");
    // An entry is some 40 kB: large pages, read where the system has them in memory, take half the time.
    database.exec("PRAGMA page_size = 32768; PRAGMA mmap_size = 4294967296");
    database.exec("CREATE TABLE IF NOT EXISTS post (key TEXT PRIMARY KEY, parsed BLOB NOT NULL)");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. @see https://www.sqlite.org/rescode.html */
function isDamaged(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);
}

function store(database: DatabaseSync, fresh: ReadonlyMap<string, Buffer>, used: ReadonlySet<string>): void {
  if (fresh.size === 0) return;
  database.exec("BEGIN IMMEDIATE");
  const insert = database.prepare("INSERT OR IGNORE INTO post (key, parsed) VALUES (?, ?)");
  for (const [key, parsed] of fresh) insert.run(key, parsed);
  const keys = database
    .prepare("SELECT key FROM post")
    .all()
    .map((row) => String(row["key"]));
  const unused = keys.filter((key) => !used.has(key));
  if (unused.length > keys.length * unusedShare) {
    const remove = database.prepare("DELETE FROM post WHERE key = ?");
    for (const key of unused) remove.run(key);
  }
  database.exec("COMMIT");
}

/** Changes with every file that parsing depends on, and with the versions of the packages, which package.json pins. */
function codeVersion(): Buffer {
  const hash = createHash("sha256").update(process.version);
  const site = path.resolve(import.meta.dirname, "..");
  const files = readdirSync(path.join(site, "markdown"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `markdown/${file}`);
  const others = [
    "html.ts",
    "nearest.ts",
    "content/parse-post.ts",
    "content/post-cache.ts",
    "search/words.ts",
    "../package.json",
  ];
  const parsers = ["content/structured.ts", "content/front-matter-fence.ts"];
  for (const file of [...files, ...others, ...parsers]) hash.update(readFileSync(path.join(site, file)));
  return hash.digest();
}

interface Preserved {
  readonly value: unknown;
  readonly article: Omit<ParsedPost["article"], "html"> & { readonly html: string };
}

function preserve({ frontMatter, article }: ParsedPost): Buffer {
  return serialize({
    value: frontMatter.value,
    article: { ...article, html: article.html.markup },
  } satisfies Preserved);
}

function revive(bytes: Uint8Array, text: string): ParsedPost | undefined {
  const split = splitFile(text);
  if (!split) return undefined;
  const { value, article } = deserialize(bytes) as Preserved;
  let parsed: Structured | undefined;
  const frontMatter: Structured = {
    value,
    syntaxErrors: [],
    offsetOf(at, part) {
      parsed ??= parseYaml(split.yaml, split.yamlStart);
      return parsed.offsetOf(at, part);
    },
  };
  return { frontMatter, bodyStart: split.bodyStart, article: { ...article, html: trusted(article.html) } };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
