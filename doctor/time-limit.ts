/** Keeps a check from hanging, and from ending the doctor with an exception. */
import { setTimeout as wait } from "node:timers/promises";
import { errorCode } from "../functions/lib/log.ts";
import { type Finding, wrong } from "./finding.ts";

export type Check = () => Promise<readonly Finding[]>;

export interface Limit {
  /** What the check is about, in a few words. */
  readonly subject: string;
  readonly ms: number;
  /** The site cannot be said to work while nobody knows what the check would have found. */
  readonly blocks: boolean;
}

/** What `check` finds in its time; otherwise one finding that it did not. Never rejects. */
export async function within({ subject, ms, blocks }: Limit, check: Check): Promise<readonly Finding[]> {
  const done = new AbortController();
  const late = wait(ms, [wrong(subject, `no result within ${ms / 1000} s`, { blocks })], { signal: done.signal });
  // Ended by `done` when the check is faster.
  late.catch(() => {});
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return [wrong(subject, `could not be checked${reason(error)}`, { blocks })];
  } finally {
    done.abort();
  }
}

/** Only a code or the error's kind: messages of drivers quote addresses and logins. */
function reason(error: unknown): string {
  const name = errorCode(error) ?? (error instanceof Error ? error.name : undefined);
  return name ? ` (${name})` : "";
}
