/** What the author reads when an import is done. */
import { formatReport, type Paint } from "../content/problem.ts";
import type { ImportOutcome } from "./import.ts";

export function importReport(
  outcome: ImportOutcome,
  options: { readonly isDryRun: boolean; readonly paint: Paint },
): string {
  const { problems, skipped, written, unchanged, copied } = outcome;
  const constructs = problems.filter(({ severity }) => severity === "warning").length;
  const counts = [
    `${plural(written.length, "post")} ${options.isDryRun ? "would be written" : "written"}`,
    `${unchanged.length} unchanged`,
    `${skipped.length} skipped`,
    `${plural(copied, "file")} copied`,
    `${plural(constructs, "thing")} reported`,
  ];
  return [
    problems.length > 0 && formatReport(problems, options.paint).replace(/\n\n[^\n]*$/, ""),
    skipped.map(({ file, reason }) => `skipped ${file}: it ${reason}`).join("\n"),
    `${outcome.engine}: ${counts.join(", ")}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** 0 when all that was found could be read and written. */
export function exitCode({ problems }: ImportOutcome): 0 | 1 {
  return problems.some(({ severity }) => severity === "error") ? 1 : 0;
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
