/** What was measured and made of pictures, from one build to the next: a file each, named by what it was made from. */
import { hash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";

export interface PictureCache {
  /** What `make` gave for this name in an earlier run, or gives now. It must be fit for structured cloning. */
  recall<T>(name: string, make: () => Promise<T>): Promise<T>;
  /** The same of what is made at once. */
  recallNow<T>(name: string, make: () => T): T;
  /** What an earlier run kept for this name; absent when there is nothing. */
  find<T>(name: string): { readonly value: T } | undefined;
  /** Keeps a value for runs to come, and gives it back. */
  keep<T>(name: string, value: T): T;
  /** Forgets what no build has asked for in a month, and what killed builds left behind. */
  prune(): Promise<void>;
}

/** Makes everything anew. */
export const noPictureCache: PictureCache = {
  recall: (_name, make) => make(),
  recallNow: (_name, make) => make(),
  find: () => undefined,
  keep: (_name, value) => value,
  prune: async () => {},
};

const dayMs = 86_400_000;
const unusedMs = 30 * dayMs;
const digestBytes = 32;
const unfinished = ".part";

/**
 * Keeps entries in a folder of `folder`, `pictures/` when no name is given. An entry appears whole or not at all, and bears a
 * digest of itself: what a killed build, a full disk or another program did to it is found out, and the entry made again.
 * Several builds may share the folder.
 */
export function openPictureCache(folder: string, name = "pictures"): PictureCache {
  const top = path.join(folder, name);
  const find = <T>(name: string) => readEntry(path.join(top, name)) as { readonly value: T } | undefined;
  const keep = <T>(name: string, value: T) => writeEntry(path.join(top, name), value);
  return {
    async recall<T>(name: string, make: () => Promise<T>): Promise<T> {
      const known = find<T>(name);
      return known ? known.value : keep(name, await make());
    },
    recallNow<T>(name: string, make: () => T): T {
      const known = find<T>(name);
      return known ? known.value : keep(name, make());
    },
    find,
    keep,
    prune: () => prune(top).catch(() => {}),
  };
}

/** Absent when there is no such entry, or not what was written. */
function readEntry(file: string): { readonly value: unknown } | undefined {
  try {
    // At once: a build reads thousands of them, and waiting for each costs more than reading it.
    const bytes = readFileSync(file);
    const content = bytes.subarray(digestBytes);
    if (!bytes.subarray(0, digestBytes).equals(digestOf(content))) return undefined;
    const entry = { value: deserialize(content) };
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
function writeEntry<T>(file: string, value: T): T {
  try {
    const content = serialize(value);
    const part = `${file}.${randomUUID()}${unfinished}`;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, Buffer.concat([digestOf(content), content]));
    renameSync(part, file);
  } catch {}
  return value;
}

function digestOf(content: Uint8Array): Buffer {
  return hash("sha256", content, "buffer");
}

async function prune(top: string): Promise<void> {
  for (const name of readdirSync(top)) {
    const file = path.join(top, name);
    const age = Date.now() - statSync(file).mtimeMs;
    if (age > (name.endsWith(unfinished) ? dayMs : unusedMs)) await rm(file, { force: true });
  }
}
