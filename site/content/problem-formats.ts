/** Problems for programs: JSON for editors and scripts, workflow commands for GitHub. */
import type { ContentProblem } from "./problem.ts";

/** An array, sorted as it came; `endColumn`, `key` and `hint` are absent where they are not known. */
export function problemsAsJson(problems: readonly ContentProblem[]): string {
  const rows = problems.map(({ file, line, column, endColumn, key, severity, code, problem, hint }) => ({
    file,
    line,
    column,
    endColumn,
    key,
    severity,
    code,
    message: problem,
    hint,
  }));
  return JSON.stringify(rows, null, 2);
}

/** @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function githubAnnotations(problems: readonly ContentProblem[]): string {
  return problems
    .map(({ file, line, column, endColumn, severity, code, problem, hint }) => {
      const place = [
        `file=${property(file)}`,
        `line=${line}`,
        `col=${column}`,
        endColumn && `endColumn=${endColumn}`,
        `title=${property(code)}`,
      ];
      return `::${severity} ${place.filter(Boolean).join(",")}::${data(hint ? `${problem}; ${hint}` : problem)}`;
    })
    .join("\n");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
