/** What was made of posts, pictures and data, from one build to the next: a file each, named by what it was made from. */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { type CacheUse, countUse } from "./cache-use.ts";

export interface MadeCache {
  /** What `make` gave for this name in an earlier run, or gives now. It must be fit for structured cloning. */
  recall<T>(name: string, make: () => Promise<T>): Promise<T>;
  /** The same of what is made at once. */
  recallNow<T>(name: string, make: () => T): T;
  /** What an earlier run kept for this name; absent when there is nothing, and it is to be made and given to `keep`. */
  find<T>(name: string): { readonly value: T } | undefined;
  /** Keeps what took `ms` milliseconds to make. */
  keep(name: string, value: unknown, ms: number): void;
  /** Of this run so far. */
  use(): CacheUse;
  /** Forgets what no build has asked for in a month, and what killed builds left behind; looks for it once a day. */
  prune(): Promise<void>;
}

/** Makes everything anew, and counts nothing. */
export const noMadeCache: MadeCache = {
  recall: (_name, make) => make(),
  recallNow: (_name, make) => make(),
  find: () => undefined,
  keep: () => {},
  use: countUse().use,
  prune: async () => {},
};

const dayMs = 86_400_000;
const unusedMs = 30 * dayMs;
const digestBytes = 32;
const unfinished = ".part";
/** Of the time when a folder was last looked through. */
const pruned = "pruned";
/** Change it with what an entry is. */
const layout = "2";

interface Entry {
  /** Milliseconds that it took to make. */
  readonly ms: number;
  readonly value: unknown;
}

/**
 * Keeps entries in the folder `name` of `folder`. An entry appears whole or not at all, and bears a
 * digest of itself: what a killed build, a full disk or another program did to it is found out, and the entry made again.
 * Several builds may share the folder.
 */
export function openMadeCache(folder: string, name: string): MadeCache {
  const top = path.join(folder, name);
  const counter = countUse();
  const find = <T>(name: string) => {
    const entry = readEntry(path.join(top, name));
    if (entry) counter.found(entry.ms);
    else counter.made();
    return entry as (Entry & { readonly value: T }) | undefined;
  };
  const keep = (name: string, value: unknown, ms: number) => writeEntry(path.join(top, name), { ms, value });
  return {
    async recall<T>(name: string, make: () => Promise<T>): Promise<T> {
      const known = find<T>(name);
      if (known) return known.value;
      const started = performance.now();
      const value = await make();
      keep(name, value, performance.now() - started);
      return value;
    },
    recallNow<T>(name: string, make: () => T): T {
      const known = find<T>(name);
      if (known) return known.value;
      const started = performance.now();
      const value = make();
      keep(name, value, performance.now() - started);
      return value;
    },
    find,
    keep,
    use: counter.use,
    prune: () => prune(top).catch(() => {}),
  };
}

/** Absent when there is no such entry, or not what was written. */
function readEntry(file: string): Entry | undefined {
  try {
    // At once: a build reads thousands of them, and waiting for each costs more than reading it.
    const bytes = readFileSync(file);
    const content = bytes.subarray(digestBytes);
    if (!bytes.subarray(0, digestBytes).equals(digestOf(content))) return undefined;
    const entry = deserialize(content) as Entry;
    keepInUse(file);
    return entry;
  } catch {
    return undefined;
  }
}

/** An entry's time is when it was last of use, to the day. */
function keepInUse(file: string): void {
  const now = new Date();
  if (now.getTime() - statSync(file).mtimeMs > dayMs) utimesSync(file, now, now);
}

/** Nothing is lost but time where it cannot be written. */
function writeEntry(file: string, entry: Entry): void {
  try {
    const content = serialize(entry);
    const part = `${file}.${randomUUID()}${unfinished}`;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, Buffer.concat([digestOf(content), content]));
    renameSync(part, file);
  } catch {}
}

function digestOf(content: Uint8Array): Buffer {
  return createHash("sha256").update(layout).update(content).digest();
}

async function prune(top: string): Promise<void> {
  const mark = path.join(top, pruned);
  if (ageOf(mark) < dayMs) return;
  writeFileSync(mark, "");
  for (const name of readdirSync(top)) {
    const file = path.join(top, name);
    const mostMs = name.endsWith(unfinished) ? dayMs : unusedMs;
    // Another build may have been faster.
    if (ageOf(file) > mostMs && statSync(file, { throwIfNoEntry: false })?.isFile()) await rm(file, { force: true });
  }
}

/** Milliseconds; without end for what is not there. */
function ageOf(file: string): number {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY);
}
