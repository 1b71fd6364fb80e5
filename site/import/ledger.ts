/** What the import wrote, so that it can tell its own files from those that the author has changed since. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { ConfigError } from "../config.ts";

/** Hidden, so that the site takes it for no post. */
export const ledgerName = ".import.json";

const Ledger = v.object({
  version: v.literal(1),
  /** By the path in the target folder. `post` is the id of the post that the file belongs to. */
  files: v.record(v.string(), v.object({ sha256: v.string(), post: v.string() })),
});
export type LedgerFiles = v.InferOutput<typeof Ledger>["files"];

/** @throws {ConfigError} when the ledger cannot be understood. */
export async function readLedger(folder: string): Promise<LedgerFiles> {
  const file = path.join(folder, ledgerName);
  try {
    return v.parse(Ledger, JSON.parse(await readFile(file, "utf8"))).files;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new ConfigError(`${file} is not what the import wrote; put it back, or remove it to begin anew`);
  }
}

/** In the order of the paths, so that version control shows only what changed. */
export function ledgerText(files: LedgerFiles): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, files: sorted }, undefined, 2)}\n`;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
