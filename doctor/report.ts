/** The findings as a person reads them, and as a program does. */
import type { Group } from "./examine.ts";
import { blocked, type Finding } from "./finding.ts";

/** Colours a word for a terminal. */
export type Paint = (kind: "place" | "error" | "warning" | "hint" | "good", text: string) => string;

const states = ["ok", "missing", "wrong", "skipped"] as const satisfies readonly Finding["state"][];
const stateWidth = Math.max(...states.map((state) => state.length));
/** A longer subject pushes its own line aside, not all the others. */
const subjectMaxWidth = 40;

/** One line a finding, under the title of its group; a count last. */
export function formatFindings(groups: readonly Group[], paint: Paint = (_kind, text) => text): string {
  const findings = groups.flatMap((group) => group.findings);
  const width = Math.min(subjectMaxWidth, Math.max(...findings.map(({ subject }) => subject.length)));
  const blocks = groups.map(({ title, findings }) =>
    [paint("place", title), ...findings.map((finding) => formatFinding(finding, width, paint))].join("\n"),
  );
  return `${blocks.join("\n\n")}\n\n${summary(findings)}`;
}

function formatFinding({ state, subject, detail, remedy, blocks }: Finding, width: number, paint: Paint): string {
  const colour = state === "ok" ? "good" : state === "skipped" ? "hint" : blocks ? "error" : "warning";
  const advice = remedy ? paint("hint", `; ${remedy}`) : "";
  return `  ${paint(colour, state.padEnd(stateWidth))}  ${subject.padEnd(width)}  ${detail}${advice}`;
}

function summary(findings: readonly Finding[]): string {
  const counts = states.flatMap((state) => {
    const count = findings.filter((finding) => finding.state === state).length;
    return count > 0 ? [`${count} ${state}`] : [];
  });
  const blocking = findings.filter(({ blocks }) => blocks).length;
  const end = blocked(findings)
    ? `${blocking} of them would keep the site from working in production`
    : "nothing keeps the site from working in production";
  return `${counts.join(", ")}: ${end}`;
}

/** An array in the order of the report; `remedy` is absent where there is nothing to do. */
export function findingsAsJson(groups: readonly Group[]): string {
  const rows = groups.flatMap(({ title, findings }) => findings.map((finding) => ({ group: title, ...finding })));
  return JSON.stringify(rows, null, 2);
}
