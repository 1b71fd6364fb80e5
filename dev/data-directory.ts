/** The folder of everything that `npm start` keeps, held by one process at a time: two on one database would corrupt it. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

export interface DataDirectory {
  readonly path: string;
  /** Secrets that stay the same from start to start, so that links in old mails go on working. */
  readonly tokenKeys: string;
  release(): void;
}

/** Somebody else has the folder. The message says who and what to do. */
export class DataDirectoryTaken extends Error {}

/** @throws {DataDirectoryTaken} while another process of this machine holds the folder. */
export async function holdDataDirectory(folder: string): Promise<DataDirectory> {
  await mkdir(folder, { recursive: true });
  const holder = path.join(folder, "holder");
  const release = takeLock(path.join(folder, "lock"));
  if (!release) {
    const pid = await readFile(holder, "utf8").catch(() => "unknown");
    const advice = "Stop it first, or set DATA_DIR to another folder.";
    throw new DataDirectoryTaken(`${folder} is in use by another npm start (process ${pid}). ${advice}`);
  }
  await writeFile(holder, String(process.pid));
  return { path: folder, tokenKeys: await tokenKeys(path.join(folder, "token-keys")), release };
}

/**
 * Node has no file locks of its own, but its SQLite has: the system drops them when the process ends, however it ends,
 * which a file with a process number in it cannot promise.
 */
function takeLock(file: string): (() => void) | undefined {
  const lock = new DatabaseSync(file);
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return () => lock.close();
  } catch {
    lock.close();
    return undefined;
  }
}

async function tokenKeys(file: string): Promise<string> {
  const made = `local:${randomBytes(32).toString("base64url")}`;
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(made);
    await handle.close();
    return made;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      return (await readFile(file, "utf8")).trim();
    throw error;
  }
}
