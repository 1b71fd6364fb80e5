/** Notes that stand out, written as GitHub's alerts or as containers: the same kinds, the same markup. */
import type Token from "markdown-it/lib/token.mjs";

export const calloutKinds = ["note", "tip", "important", "warning", "caution"] as const;
export type CalloutKind = (typeof calloutKinds)[number];

export function isCallout(name: string): name is CalloutKind {
  return calloutKinds.some((kind) => kind === name);
}

/** The title of a note that has none of its own. */
export function calloutTitle(kind: CalloutKind): string {
  return `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

export function becomeCallout(token: Token, kind: CalloutKind): void {
  token.attrJoin("class", `alert ${kind}`);
  token.attrSet("role", "note");
}

/** A title as tokens, its text still to be parsed. `line` is 0-based. */
export function titleTokens(
  TokenClass: typeof Token,
  text: string,
  { tag, className, line }: { readonly tag: string; readonly className?: string; readonly line: number },
): readonly [open: Token, inline: Token, close: Token] {
  const open = new TokenClass("title_open", tag, 1);
  const inline = new TokenClass("inline", "", 0);
  const close = new TokenClass("title_close", tag, -1);
  if (className) open.attrSet("class", className);
  open.block = close.block = true;
  open.map = inline.map = [line, line + 1];
  inline.content = text;
  inline.children = [];
  return [open, inline, close];
}
