/** Blocks between lines of `:::`, which engines name as they please. Ours knows `details` and `aside`. */
import { type Draft, type Edit, edit } from "../draft.ts";
import type { Tell } from "../source-post.ts";
import { alertKind, quoted } from "./alert.ts";
import { codeOf, isWithin, parseMarkdown } from "./tokens.ts";

interface Line {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly title: string;
}

export function mendContainers(draft: Draft, tell: Tell): Draft {
  if (!draft.text.includes(":::")) return draft;
  const code = codeOf(parseMarkdown(draft.text));
  const found: Line[] = [];
  for (const match of draft.text.matchAll(/^([ \t>]*)(:{3,}[ \t]*([\w-]*)(.*))$/gm)) {
    const start = match.index + (match[1] ?? "").length;
    if (isWithin(code, start)) continue;
    const title = (match[4] ?? "").replace(/^[\s[{]+|[\s\]}]+$/g, "");
    found.push({ start, end: start + (match[2] ?? "").length, name: (match[3] ?? "").toLowerCase(), title });
  }
  return edit(draft, editsFor(draft, found, tell));
}

function editsFor(draft: Draft, lines: readonly Line[], tell: Tell): Edit[] {
  const edits: Edit[] = [];
  const open: Line[] = [];
  const keep = (line: Line, problem: string) => {
    tell(draft.originOf(line.start), "text", problem, "stayed as text");
    edits.push({ start: line.start, end: line.start, text: "\\" });
  };
  for (const line of lines) {
    if (line.name) {
      open.push(line);
      continue;
    }
    const opening = open.pop();
    if (!opening) keep(line, "end of a container that never began");
    else edits.push(...pairEdits(draft, opening, line, keep));
  }
  for (const line of open) keep(line, `container "${line.name}" that is never closed`);
  return edits;
}

function pairEdits(
  draft: Draft,
  open: Line,
  close: Line,
  keep: (line: Line, problem: string) => void,
): readonly Edit[] {
  if (open.name === "details" || open.name === "aside") {
    const written = `::: ${open.name} ${open.title}`.trimEnd();
    const isSame = draft.text.slice(open.start, open.end) === written;
    return isSame
      ? []
      : [
          { start: open.start, end: open.end, text: written },
          { start: close.start, end: close.end, text: ":::" },
        ];
  }
  const alert = alertKind(open.name);
  if (alert) return quoted(draft.text, open, close, { alert, title: open.title || undefined });
  keep(open, `container "${open.name}"`);
  return [{ start: close.start, end: close.start, text: "\\" }];
}
