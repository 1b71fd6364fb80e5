/** Options of drawn fences, all of them texts in quotation marks: `title="Load time"`. */
import { nearest } from "../nearest.ts";
import type { FenceInfo, FencePart, Report } from "./fence-info.ts";

/** Those that are known and well written; of the others the author is told. `words` are bare ones that may stand. */
export function textOptions(
  { parts }: FenceInfo,
  { known, words = [] }: { readonly known: readonly string[]; readonly words?: readonly string[] },
  report: Report,
): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const part of parts) {
    const { name, value, form, at } = part;
    if (form === "word" && words.includes(name)) continue;
    if (!known.includes(name)) reportUnknown(part, known, report);
    else if (form === "open") report("unclosed-option", "the quote is never closed", `write ${name}="…"`, at);
    else if (form !== "quoted") report("invalid-option", `"${name}" is written otherwise`, `write ${name}="…"`, at);
    else if (options.has(name)) report("doubled-option", `"${name}" stands here a second time`, undefined, at);
    else options.set(name, value ?? "");
  }
  return options;
}

function reportUnknown({ name, value = "", at }: FencePart, known: readonly string[], report: Report): void {
  const near = nearest(name, known);
  const all = known.length > 0 ? `known are ${known.join(", ")}` : "there are none here";
  const hint = near ? `did you mean "${near}"?` : all;
  report("unknown-option", `unknown option "${name || value}"`, hint, at);
}
