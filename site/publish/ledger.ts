/** Every address that was ever published, in a file of the repository: none of them may be lost. */
import type { ContentProblem } from "../content/problem.ts";

export interface Ledger {
  /** Path from the project root. */
  readonly file: string;
  /** One address a line, sorted; empty before the first build. */
  readonly text: string;
}

export interface LedgerCheck {
  /** The file as it should be from now on. */
  readonly text: string;
  readonly problems: readonly ContentProblem[];
}

/** `published` are the paths of this build; `isRedirected` says of a path whether it leads somewhere else. */
export function checkLedger(
  { file, text }: Ledger,
  published: readonly string[],
  isRedirected: (path: string) => boolean,
): LedgerCheck {
  const before = text.split("\n").filter(Boolean);
  const now = new Set(published);
  const problems = before.flatMap((path, at): ContentProblem[] => {
    if (now.has(path) || isRedirected(path)) return [];
    const hint = 'add it to "aliases" of the post that took its place, or to the redirects of netlify.toml';
    const problem = `the address ${path} was published and would be gone`;
    return [
      {
        file,
        line: at + 1,
        column: 1,
        endColumn: path.length + 1,
        severity: "error",
        code: "lost-address",
        problem,
        hint,
      },
    ];
  });
  const all = [...new Set([...before, ...published])].sort();
  return { text: all.map((path) => `${path}\n`).join(""), problems };
}
