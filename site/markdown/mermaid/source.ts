/** The text of a diagram taken apart: its statements, and what it says of itself to those who cannot see it. */

export interface Statement {
  /** Without spaces around it. */
  readonly text: string;
  /** 0-based, from the first line of the diagram. */
  readonly line: number;
}

export interface Source {
  readonly statements: readonly Statement[];
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

/** Tells of a mistake in a statement; `about` is the part of it that is meant. */
export type Tell = (at: Statement, words: DiagramProblem) => void;

export interface DiagramProblem {
  readonly problem: string;
  readonly hint?: string;
  readonly about?: string;
  readonly severity?: "warning";
}

/** From a diagram's statements, the first of which names its kind, to what the library reads. */
export type Translate = (statements: readonly Statement[], tell: Tell) => string;

/** @see https://mermaid.js.org/config/accessibility.html */
export function readSource(content: string): Source {
  const statements: Statement[] = [];
  let title: string | undefined;
  let description: string | undefined;
  // Absent where no description over several lines is open.
  let open: string[] | undefined;
  for (const [line, written] of content.split("\n").entries()) {
    const text = written.trim();
    const [, key, value = ""] = /^(accTitle|accDescr)\s*:\s*(.*)$/.exec(text) ?? [];
    if (open) {
      if (text === "}") [description, open] = [open.join(" "), undefined];
      else open.push(text);
    } else if (key === "accTitle") title = value;
    else if (key === "accDescr") description = value;
    else if (/^accDescr\s*\{$/.test(text)) open = [];
    else if (text !== "" && !/^%%(?!\{)/.test(text)) statements.push({ text, line });
  }
  return { statements, title: title || undefined, description: description || undefined };
}

/** Statements that change colours, fonts or what a click does. */
const withoutEffect = /^(?:(?:classDef|class|cssClass|style|linkStyle|click|callback|links?)(?![\w-])|%%\{)/;

/** True for a statement that is understood and changes nothing: diagrams have the colours of the page and call no script. */
export function isWithoutEffect(statement: Statement, tell: Tell, { except = "" } = {}): boolean {
  const [word = ""] = withoutEffect.exec(statement.text) ?? [];
  if (!word || word === except) return false;
  const problem = `"${word}" has no effect`;
  tell(statement, {
    problem,
    hint: "diagrams have the colours of the page",
    about: statement.text,
    severity: "warning",
  });
  return true;
}

export function tellUnread(statement: Statement, tell: Tell, about = statement.text): void {
  tell(statement, { problem: `"${about}" cannot be drawn`, hint: drawnStatements, about });
}

const drawnStatements = "docs/writing.md lists what can";
