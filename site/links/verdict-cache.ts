/** Verdicts from one run to the next, so that hosts are not asked again for what they have just said. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import { Verdict } from "./verdict.ts";

export interface VerdictCache {
  /** Absent when the address has not been asked lately. */
  recall(address: string): Verdict | undefined;
  /** Writes at once: a run that is stopped goes on where it was. */
  keep(address: string, verdict: Verdict): void;
}

export interface CacheOptions {
  readonly now: () => Date;
  /** Recalls nothing, and keeps what is found anew. */
  readonly isFresh?: boolean;
}

const File = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.string(), v.object({ asked: v.pipe(v.string(), v.isoTimestamp()), verdict: Verdict })),
);
type Entry = v.InferOutput<typeof File>[string];

const dayMs = 24 * 60 * 60 * 1_000;

/** A file that cannot be read is as good as none. */
export function openVerdictCache(file: string, { now, isFresh = false }: CacheOptions): VerdictCache {
  const isOfUse = ({ asked, verdict }: Entry) => now().getTime() - Date.parse(asked) < daysOfUse(verdict) * dayMs;
  const entries = new Map(readEntries(file).filter(([, entry]) => isOfUse(entry)));
  return {
    recall: (address) => (isFresh ? undefined : entries.get(address)?.verdict),
    keep(address, verdict) {
      if (verdict.kind === "unasked") return;
      entries.set(address, { asked: now().toISOString(), verdict });
      writeWhole(file, JSON.stringify(Object.fromEntries(entries), null, 1));
    },
  };
}

/** What failed may be mended tomorrow. */
function daysOfUse({ kind }: Verdict): number {
  return kind === "alive" || kind === "moved" ? 7 : 1;
}

function readEntries(file: string): [string, Entry][] {
  try {
    return Object.entries(v.parse(File, readFileSync(file, "utf8")));
  } catch {
    return [];
  }
}

function writeWhole(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, content);
  renameSync(`${file}.next`, file);
}
