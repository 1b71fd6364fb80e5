/** The folder of the finished site: it changes when all of the new site is there, and only where a byte is another one. */
import { randomUUID } from "node:crypto";
import {
  type Dirent,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

export interface Output {
  /** Folder of what is new until it is committed, absolute. Every build has its own. */
  readonly staging: string;
  /** `url` is a path from the origin; one that ends in a slash is that of a folder's page. What is put last stays. */
  put(url: string, content: string | Uint8Array): void;
  /** What was put there. @throws `ENOENT` for what was not */
  read(url: string): string;
  /** Paths from the origin of all files that were put. */
  urls(): Iterable<string>;
  /** Takes over what another thread has put, see {@link joinOutput}. */
  take(files: PutFiles): void;
  /** Puts what is new in its place, and takes away what nobody has put. */
  commit(): OutputChange;
  /** Leaves everything as it was. */
  discard(): void;
}

export interface OutputChange {
  /** Paths from the origin. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Files that were there already, byte for byte. */
  readonly kept: number;
}

/**
 * `folder` is absolute. Nothing in it changes before `commit`, which moves one file after the other: a site that is being
 * served stays whole but for that moment, and the next build mends what a kill in it leaves behind. Two builds at once do not
 * disturb each other; the one that commits last has the last word.
 */
export function openOutput(folder: string): Output {
  const top = `${folder}.next`;
  removeAbandoned(top);
  const staging = path.join(top, `${process.pid}-${randomUUID()}`);
  const { put, kept, written } = filesInto(folder, staging);
  const clear = () => {
    rmSync(staging, { recursive: true, force: true });
    removeIfEmpty(top);
  };
  return {
    staging,
    discard: clear,
    put,
    take(files) {
      for (const file of files.kept) kept.add(file);
      for (const file of files.written) written.add(file);
    },
    read(url) {
      const file = fileOf(url);
      return readFileSync(path.join(written.has(file) ? staging : folder, file), "utf8");
    },
    *urls() {
      for (const file of kept) yield urlOf(file);
      for (const file of written) yield urlOf(file);
    },
    commit() {
      const change = { written: [...written].map(urlOf), kept: kept.size };
      if (becomesSite(staging, folder)) return { ...change, removed: [] };
      const removed = removeOthers(folder, (file) => kept.has(file) || written.has(file));
      const place = placer(staging, folder);
      for (const file of written) place(file);
      clear();
      return { ...change, removed: removed.map(urlOf) };
    },
  };

  /** The first site comes in as a whole. */
  function becomesSite(from: string, to: string): boolean {
    if (isSite(to)) return false;
    mkdirSync(from, { recursive: true });
    try {
      renameSync(from, to);
    } catch (error) {
      // Another build was faster.
      if (!hasCode(error, "ENOTEMPTY", "EEXIST")) throw error;
      return false;
    }
    removeIfEmpty(top);
    return true;
  }
}

/** What builds have left that were killed. */
function removeAbandoned(top: string): void {
  if (!existsSync(top)) return;
  for (const name of readdirSync(top)) {
    const [, pid] = /^(\d+)-/.exec(name) ?? [];
    // A process makes one build of a folder at a time.
    if (Number(pid) === process.pid || !isAlive(Number(pid)))
      rmSync(path.join(top, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** What another thread has put into an output. Paths below the folder. */
export interface PutFiles {
  readonly kept: ReadonlySet<string>;
  readonly written: ReadonlySet<string>;
}

/** Puts files beside those of the thread that has opened the output, which takes them over before it commits. */
export function joinOutput(folder: string, staging: string): { readonly put: Output["put"]; files(): PutFiles } {
  const { put, kept, written } = filesInto(folder, staging);
  return { put, files: () => ({ kept, written }) };
}

function filesInto(folder: string, staging: string) {
  const hadSite = isSite(folder);
  const write = writerInto(staging);
  const kept = new Set<string>();
  const written = new Set<string>();
  const put: Output["put"] = (url, content) => {
    const file = fileOf(url);
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    if (hadSite && isSame(path.join(folder, file), bytes)) {
      kept.add(file);
      // What was put there before is not to take its place.
      written.delete(file);
      return;
    }
    write(file, bytes);
    written.add(file);
    kept.delete(file);
  };
  return { put, kept, written };
}

function isSite(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Puts single files into a site that is there, each whole or not at all. Gives whether it was another one. */
export function patchOutput(folder: string): (url: string, content: string) => boolean {
  const write = writerInto(folder);
  return (url, content) => {
    const file = fileOf(url);
    const bytes = Buffer.from(content);
    if (isSame(path.join(folder, file), bytes)) return false;
    write(`${file}.part`, bytes);
    renameSync(path.join(folder, `${file}.part`), path.join(folder, file));
    return true;
  };
}

/** Below the folder, with forward slashes. */
function fileOf(url: string): string {
  return `${url.replace(/^\//, "")}${url.endsWith("/") ? "index.html" : ""}`;
}

/** Path from the origin of a file below the folder. */
function urlOf(file: string): string {
  return `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
}

function isSame(file: string, bytes: Uint8Array): boolean {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === bytes.length && readFileSync(file).equals(bytes);
  } catch {
    // A file in the place of a folder, or what may not be read.
    return false;
  }
}

function writerInto(folder: string): (file: string, bytes: Uint8Array) => void {
  const made = new Set<string>();
  return (file, bytes) => {
    const target = path.join(folder, file);
    const parent = path.dirname(target);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(target, bytes);
  };
}

function placer(from: string, to: string): (file: string) => void {
  const made = new Set<string>();
  return (file) => {
    const target = path.join(to, file);
    const parent = path.dirname(target);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    renameSync(path.join(from, file), target);
  };
}

/** Gives the files that it removed; folders that have nothing in them any more go too. */
function removeOthers(folder: string, isWanted: (file: string) => boolean, below = ""): string[] {
  const removed: string[] = [];
  let isEmpty = true;
  for (const entry of entriesOf(path.join(folder, below))) {
    const file = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isFile() && isWanted(file)) isEmpty = false;
    // A folder, unless a wanted file is to take its place.
    else if (entry.isDirectory() && !isWanted(file)) {
      removed.push(...removeOthers(folder, isWanted, file));
      isEmpty &&= !existsSync(path.join(folder, file));
    } else {
      rmSync(path.join(folder, file), { recursive: true, force: true });
      removed.push(file);
    }
  }
  if (isEmpty && below) removeIfEmpty(path.join(folder, below));
  return removed;
}

/** None of a folder that another build has removed. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    return [];
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "ENOTEMPTY", "EEXIST")) throw error;
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
