/** Parsed posts from one run to the next, by the content of their files: what has not changed is not parsed again. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { type CacheUse, countUse } from "../cache-use.ts";
import { parseOnAllCores, worthThreads } from "./parse-pool.ts";
import type { TimedPost } from "./parse-post.ts";
import { type LongText, type PreservedPost, preserve, revive } from "./preserved-post.ts";

export interface PostCache {
  /** In the order of `texts`. */
  parse(texts: readonly string[], language: string): Promise<readonly TimedPost[]>;
  /** Writes what is new, and forgets what nobody has asked for lately. Texts may still be read. */
  close(): CacheUse;
}

/** Parses every post anew, and counts nothing. */
export const noPostCache: PostCache = {
  parse: (texts, language) => Promise.all(texts.map((text) => parseAnew(text, language))),
  close: countUse().use,
};

/** Of all entries so many may be of no use any more before they go. */
const unusedShare = 0.5;
/** What another build used in this time is of use, whoever else it is of none to. */
const lateMs = 3_600_000;
/** Entries are written so many at a time. */
const rowsAtOnce = 64;

/**
 * What was found in the cache is another text than was put there. All of it has been dropped, so that the next run is a good
 * one: `buildSite` makes that run itself.
 */
export class DamagedCache extends Error {
  override readonly name = "DamagedCache";
}

/**
 * Keeps parsed posts in `<folder>/posts.sqlite`. An entry is written whole or not at all, and each part of it bears a sum of
 * itself: what is damaged is parsed again; for a text that is read later it is too late then, see {@link DamagedCache}.
 * Several builds may share the file. A cache that cannot be read or written is as good as none.
 */
export function openPostCache(folder: string): PostCache {
  const database = openDatabase(folder);
  if (!database) return noPostCache;
  const version = codeVersion();
  const kept = new Kept(database, fileIn(folder));
  const counter = countUse();
  return {
    async parse(texts, language) {
      const keys = texts.map((text) => keyOf(version, language, text));
      const find = (at: number) => attempt(() => kept.find(keys[at] ?? "", texts[at] ?? ""));
      const found = texts.map((_text, at) => find(at));
      const missing = found.flatMap((post, at) => (post ? [] : [at]));
      for (const post of found) {
        if (post) counter.found(post.ms);
        else counter.made();
      }
      if (missing.length >= worthThreads) {
        const missed = missing.map((at) => texts[at] ?? "");
        await parseOnAllCores(missed, language, (at, post) => {
          if (post) kept.keep(keys[missing[at] ?? 0] ?? "", post);
        });
      }
      const posts: TimedPost[] = [];
      // Threads have left what can be kept with the rest; the same text may be there twice.
      for (const [at, text] of texts.entries())
        posts.push(found[at] ?? find(at) ?? (await kept.add(keys[at] ?? "", text, language)));
      return posts;
    },
    close() {
      try {
        kept.settle(mark(version));
      } catch (error) {
        // What is damaged stands in the way of what is new.
        if (isDamaged(error)) kept.drop();
      }
      return counter.use();
    },
  };
}

/**
 * Whether a run of this very code has left so many posts in the cache: nearly all will be found, if they are the same. Asks
 * for no more than a moment's look.
 */
export function seemsKept(folder: string, posts: number): boolean {
  const database = openDatabase(folder);
  if (!database) return false;
  const row = attempt(() => database.prepare("SELECT count(*) AS posts FROM post").get());
  return Number(row?.["posts"]) >= posts && attempt(() => markIn(database)) === mark(codeVersion());
}

/** What the file of the cache bears of the code that filled it last. */
function mark(version: Buffer): number {
  return version.readInt32BE();
}

function markIn(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA application_id").get()?.["application_id"]);
}

/** The entries of one run. */
class Kept {
  /** Keys that this run has asked for. */
  readonly used = new Set<string>();
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #parsed: StatementSync;
  readonly #part: Readonly<Record<LongText, StatementSync>>;
  /** Not written yet, or never, where the disk is full. */
  readonly #fresh = new Map<string, PreservedPost>();

  constructor(database: DatabaseSync, file: string) {
    const part = (name: LongText) => database.prepare(`SELECT ${name} AS bytes FROM post WHERE key = ?`);
    this.#database = database;
    this.#file = file;
    this.#parsed = database.prepare("SELECT parsed, ms FROM post WHERE key = ?");
    this.#part = { html: part("html"), plain: part("plain"), words: part("words") };
  }

  find(key: string, text: string): TimedPost | undefined {
    this.used.add(key);
    const fresh = this.#fresh.get(key);
    const post = fresh ?? this.#found(key);
    return post && { parsed: revive(post.parsed, text, (part) => this.#long(key, part)), ms: post.ms };
  }

  async add(key: string, text: string, language: string): Promise<TimedPost> {
    const timed = await parseAnew(text, language);
    const post = preserve(timed);
    if (!post) return timed;
    this.keep(key, post);
    // From here on no more of it is held than of one that was found.
    return attempt(() => this.find(key, text)) ?? timed;
  }

  keep(key: string, post: PreservedPost): void {
    this.used.add(key);
    this.#fresh.set(key, post);
    if (this.#fresh.size % rowsAtOnce === 0) attempt(() => this.#write());
  }

  /** So that the next run makes all anew. Where entries cannot even be deleted, another file takes the place of theirs. */
  drop(): void {
    try {
      this.#database.exec("DELETE FROM post");
    } catch (error) {
      if (isDamaged(error)) attempt(() => rmSync(this.#file));
    }
  }

  settle(version: number): void {
    this.#write();
    this.#touch();
    this.#forget();
    if (markIn(this.#database) !== version) this.#database.exec(`PRAGMA application_id = ${version}`);
  }

  #found(key: string): Pick<PreservedPost, "parsed" | "ms"> | undefined {
    const row = this.#parsed.get(key);
    const parsed = row && opened(row["parsed"]);
    return parsed && { parsed, ms: Number(row["ms"]) };
  }

  #long(key: string, part: LongText): Uint8Array {
    const fresh = this.#fresh.get(key);
    const bytes = fresh ? fresh[part] : attempt(() => opened(this.#part[part].get(key)?.["bytes"]));
    if (bytes) return bytes;
    this.drop();
    throw new DamagedCache("the cache of posts was damaged or changed by another program, and is dropped; build again");
  }

  #write(): void {
    if (this.#fresh.size === 0) return;
    inTransaction(this.#database, () => {
      const insert = this.#database.prepare(
        "INSERT OR REPLACE INTO post (key, used, ms, parsed, html, plain, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
      );
      for (const [key, { ms, parsed, html, plain, words }] of this.#fresh)
        insert.run(key, Date.now(), ms, sealed(parsed), sealed(html), sealed(plain), sealed(words));
    });
    this.#fresh.clear();
  }

  /** Says of each entry when it was last of use, to the hour. */
  #touch(): void {
    const late = Date.now() - lateMs;
    const old = this.#keys("WHERE used < ?", late).filter((key) => this.used.has(key));
    if (old.length === 0) return;
    inTransaction(this.#database, () => {
      const touch = this.#database.prepare("UPDATE post SET used = ? WHERE key = ?");
      for (const key of old) touch.run(Date.now(), key);
    });
  }

  #forget(): void {
    const all = this.#keys("WHERE used >= ?", 0).length;
    const unused = this.#keys("WHERE used < ?", Date.now() - lateMs).filter((key) => !this.used.has(key));
    if (unused.length <= all * unusedShare) return;
    inTransaction(this.#database, () => {
      const remove = this.#database.prepare("DELETE FROM post WHERE key = ?");
      for (const key of unused) remove.run(key);
    });
  }

  #keys(where: string, value: number): readonly string[] {
    const rows = this.#database.prepare(`SELECT key FROM post ${where}`).all(value);
    return rows.map((row) => String(row["key"]));
  }
}

const sumBytes = 4;

/** With a sum at its end, for the disk that lies and the copy that was cut off. */
function sealed(bytes: Uint8Array): Uint8Array {
  const sum = Buffer.alloc(sumBytes);
  sum.writeUInt32LE(crc32(bytes));
  return Buffer.concat([bytes, sum]);
}

/** Without its sum; undefined for what was not sealed so. */
function opened(value: unknown): Uint8Array | undefined {
  if (!(value instanceof Uint8Array) || value.length < sumBytes) return undefined;
  const bytes = value.subarray(0, -sumBytes);
  const sum = Buffer.from(value.buffer, value.byteOffset + bytes.length, sumBytes).readUInt32LE();
  return sum === crc32(bytes) ? bytes : undefined;
}

function keyOf(version: Buffer, language: string, text: string): string {
  return createHash("sha256").update(version).update(`${language}\n`).update(text).digest("base64");
}

/** A run that finds every post in the cache loads neither the Markdown parser nor the highlighter. */
async function parseAnew(text: string, language: string): Promise<TimedPost> {
  const { timePost } = await import("./parse-post.ts");
  return timePost(text, language);
}

function fileIn(folder: string): string {
  return path.join(folder, "posts.sqlite");
}

function openDatabase(folder: string): DatabaseSync | undefined {
  const file = fileIn(folder);
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

/** Change it with what the columns are. */
const layout = 4;
const columns = ["key", "used", "ms", "parsed", "html", "plain", "words"];

function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 2_000 });
  try {
    // Whatever a crash leaves behind can be made again.
    database.exec("PRAGMA synchronous = OFF");
    // An entry is some 60 kB, and what is always needed comes first in it: on large pages it is read without the rest.
    database.exec("PRAGMA page_size = 32768");
    if (!hasLayout(database)) inTransaction(database, () => hasLayout(database) || layOut(database));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function hasLayout(database: DatabaseSync): boolean {
  return database.prepare("PRAGMA user_version").get()?.["user_version"] === layout && hasColumns(database);
}

/** Any program may give its databases any number. */
function hasColumns(database: DatabaseSync): boolean {
  const found = database.prepare("SELECT name FROM pragma_table_info('post')").all();
  return columns.every((name) => found.some((column) => column["name"] === name));
}

function layOut(database: DatabaseSync): void {
  database.exec(`DROP TABLE IF EXISTS post;
    CREATE TABLE post (key TEXT PRIMARY KEY, used INTEGER NOT NULL, ms REAL NOT NULL,
      parsed BLOB NOT NULL, html BLOB NOT NULL, plain BLOB NOT NULL, words BLOB NOT NULL);
    CREATE INDEX post_used ON post (used, key);
    PRAGMA user_version = ${layout}`);
}

function inTransaction(database: DatabaseSync, work: () => unknown): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. @see https://www.sqlite.org/rescode.html */
function isDamaged(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (error.errcode === 11 || error.errcode === 26);
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
    "content/preserved-post.ts",
    "search/words.ts",
    "search/word-counts.ts",
    "../package.json",
  ];
  const parsers = ["content/structured.ts", "content/front-matter-fence.ts"];
  for (const file of [...files, ...others, ...parsers]) hash.update(readFileSync(path.join(site, file)));
  return hash.digest();
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
