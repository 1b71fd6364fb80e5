/** Marked notes of other engines, made GitHub's: a quotation that begins with `[!NOTE]`. */
import type { Edit } from "../draft.ts";
import type { Range } from "./tokens.ts";

export type AlertKind = "NOTE" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION";

const kinds: Readonly<Record<string, AlertKind>> = {
  note: "NOTE",
  info: "NOTE",
  notice: "NOTE",
  alert: "NOTE",
  callout: "NOTE",
  admonition: "NOTE",
  primary: "NOTE",
  tip: "TIP",
  hint: "TIP",
  success: "TIP",
  important: "IMPORTANT",
  warn: "WARNING",
  warning: "WARNING",
  attention: "WARNING",
  caution: "CAUTION",
  danger: "CAUTION",
  error: "CAUTION",
};

/** Every name under which engines know marked notes. */
export const alertNames: readonly string[] = Object.keys(kinds);

export function alertKind(name: string): AlertKind | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

/** A note of its own. */
export function alertText(kind: AlertKind, text: string, title?: string): string {
  const lines = [...(title ? [`**${title}**`, ""] : []), ...text.trim().split("\n")];
  return `> [!${kind}]\n${lines.map((line) => `> ${line}`.trimEnd()).join("\n")}`;
}

/** Edits that make a note of what stands between an opening and a closing mark, the marks taken out. */
export function quoted(
  text: string,
  open: Range,
  close: Range,
  { alert, title }: { readonly alert: AlertKind; readonly title?: string | undefined },
): readonly Edit[] {
  const isOnOwnLine = /(^|\n)[ \t]*$/.test(text.slice(0, open.start));
  const head = `${isOnOwnLine ? "" : "\n\n"}> [!${alert}]\n${title ? `> **${title}**\n>\n` : ""}`;
  const first = skipSpace(text, open.end, close.start);
  const last = close.start - (/\s*$/.exec(text.slice(first, close.start))?.[0].length ?? 0);
  const edits: Edit[] = [{ start: open.start, end: first, text: `${head}> ` }];
  for (let at = text.indexOf("\n", first); at >= 0 && at < last; at = text.indexOf("\n", at + 1)) {
    edits.push({ start: at + 1, end: at + 1, text: text[at + 1] === "\n" ? ">" : "> " });
  }
  // A line that goes on behind the mark would be taken into the note.
  const behind = /^[ \t]*\S/.test(text.slice(close.end)) ? "\n\n" : "";
  edits.push({ start: Math.max(last, first), end: close.end, text: behind });
  return edits;
}

/** The first place that is no space, its line's indentation left to Markdown. */
function skipSpace(text: string, from: number, end: number): number {
  const space = /^(?:[ \t]*\n)*[ \t]*/.exec(text.slice(from, end))?.[0].length ?? 0;
  return from + space;
}
