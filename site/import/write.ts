/** Puts converted posts on the disk. What the author has touched since the last import stays as it is. */
import { lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { NewFile } from "./convert.ts";
import { type LedgerFiles, ledgerName, ledgerText, sha256 } from "./ledger.ts";

export interface WriteOptions {
  /** Target, absolute. */
  readonly folder: string;
  readonly ledger: LedgerFiles;
  /** Nothing is written; the outcome says what would be. */
  readonly isDryRun: boolean;
}

export interface Written {
  /** Posts, by paths in the target folder. */
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Files beside posts that were copied. */
  readonly copied: number;
}

export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

type State = "new" | "same" | "ours" | Skipped;

export async function writePosts(files: readonly NewFile[], options: WriteOptions): Promise<Written> {
  const { folder, isDryRun } = options;
  const ledger: Record<string, LedgerFiles[string]> = { ...options.ledger };
  const outcome = { written: [] as string[], unchanged: [] as string[], skipped: [] as Skipped[], copied: 0 };
  for (const post of files) {
    const pieces = await piecesOf(post);
    const obsolete = Object.keys(ledger).filter(
      (file) => ledger[file]?.post === post.id && !pieces.some((piece) => piece.file === file),
    );
    const states = await Promise.all(pieces.map((piece) => stateOf(folder, piece, ledger)));
    const oldStates = await Promise.all(obsolete.map((file) => changedSince(folder, file, ledger)));
    const refused = [...states, ...oldStates].filter((state): state is Skipped => typeof state === "object");
    if (refused.length > 0) {
      outcome.skipped.push(...refused);
      continue;
    }
    if (states.every((state) => state === "same") && obsolete.length === 0) {
      outcome.unchanged.push(post.file);
      continue;
    }
    for (const [at, piece] of pieces.entries()) {
      if (states[at] === "same") continue;
      if (!isDryRun) await put(path.join(folder, piece.file), piece.bytes);
      if (at > 0) outcome.copied += 1;
    }
    for (const file of obsolete) {
      if (!isDryRun) await remove(folder, file);
      delete ledger[file];
    }
    for (const { file, hash } of pieces) ledger[file] = { sha256: hash, post: post.id };
    outcome.written.push(post.file);
  }
  const text = ledgerText(ledger);
  if (!isDryRun && outcome.written.length > 0) await put(path.join(folder, ledgerName), text);
  return outcome;
}

interface Piece {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/** The post, then what it brings. */
async function piecesOf({ file, text, attachments }: NewFile): Promise<Piece[]> {
  const beside = await Promise.all(
    [...attachments].map(
      async ([name, source]) => [`${path.posix.dirname(file)}/${name}`, await readFile(source)] as const,
    ),
  );
  return [[file, Buffer.from(text)] as const, ...beside].map(([name, bytes]) => ({
    file: name,
    bytes,
    hash: sha256(bytes),
  }));
}

async function stateOf(folder: string, { file, hash }: Piece, ledger: LedgerFiles): Promise<State> {
  const before = ledger[file];
  const now = await hashOf(path.join(folder, file));
  if (now === "other") return { file, reason: "something else has this name" };
  if (now === hash && before) return "same";
  if (now === undefined)
    return before
      ? { file, reason: `was removed or renamed since the import; take it out of ${ledgerName} to have it again` }
      : "new";
  if (!before) return { file, reason: "is there already, and was not imported" };
  return now === before.sha256 ? "ours" : { file, reason: "was changed since the import" };
}

/** A file of an earlier run that is no longer needed. */
async function changedSince(folder: string, file: string, ledger: LedgerFiles): Promise<State> {
  const now = await hashOf(path.join(folder, file));
  if (now === undefined) return "new";
  return now === ledger[file]?.sha256
    ? "ours"
    : { file, reason: "was changed since the import, and has another name now" };
}

/** Undefined when there is no such file. Links are not followed: they could lead anywhere. */
async function hashOf(file: string): Promise<string | undefined> {
  try {
    const stats = await lstat(file);
    return stats.isFile() ? sha256(await readFile(file)) : "other";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR") return "other";
    throw error;
  }
}

/** Whole or not at all, even when the power goes. */
async function put(file: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.new`);
  await writeFile(unfinished, bytes);
  await rename(unfinished, file);
}

/** And its folder, when nothing else is left in it. */
async function remove(folder: string, file: string): Promise<void> {
  await rm(path.join(folder, file), { force: true });
  const parent = path.dirname(path.join(folder, file));
  if (parent !== folder) await rmdir(parent).catch(() => undefined);
}
