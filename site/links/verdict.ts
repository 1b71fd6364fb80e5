/** What became of a page elsewhere, and how its author hears of it. */
import * as v from "valibot";
import type { ProblemWords } from "../content/source.ts";

export const Verdict = v.variant("kind", [
  v.object({ kind: v.literal("alive") }),
  /** Alive, at another address for good. */
  v.object({ kind: v.literal("moved"), to: v.string() }),
  /** Nobody will find it there. `archive` says where a copy may be. */
  v.object({ kind: v.literal("gone"), why: v.string(), archive: v.optional(v.string()) }),
  /** Its host answered, or kept silent, in a way that says nothing about the page. */
  v.object({ kind: v.literal("unclear"), why: v.string() }),
  /** No request for it was made, or none got out. */
  v.object({ kind: v.literal("unasked"), why: v.string() }),
]);
export type Verdict = v.InferOutput<typeof Verdict>;

/** Absent when there is nothing to say. `why` of a verdict completes the address: `answers 404`. */
export function wordsOf(address: string, verdict: Verdict): ProblemWords | undefined {
  if (verdict.kind === "alive") return undefined;
  if (verdict.kind === "gone") {
    return { code: "gone-link", problem: `${address} ${verdict.why}`, hint: verdict.archive };
  }
  if (verdict.kind === "moved") {
    const problem = `${address} has moved for good`;
    return { code: "moved-link", problem, hint: `write ${newAddress(address, verdict.to)}`, severity: "warning" };
  }
  const lack = verdict.kind === "unclear" ? "checked" : "asked";
  const problem = `${address} could not be ${lack}: it ${verdict.why}`;
  return { code: `link-not-${lack}`, problem, severity: "warning" };
}

/** Browsers keep the fragment unless the redirect brings one. @see RFC 9110 §10.2.2 */
function newAddress(old: string, to: string): string {
  return to.includes("#") ? to : to + new URL(old).hash;
}
