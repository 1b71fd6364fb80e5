/** GitHub's alerts: a quotation that begins with `[!NOTE]`. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { nearest } from "../nearest.ts";
import { becomeCallout, type CalloutKind, calloutKinds, calloutTitle, titleTokens } from "./callouts.ts";
import type { RenderEnv } from "./render.ts";

export function alerts(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "alerts", (state) => {
    const env: RenderEnv = state.env;
    state.tokens = state.tokens.flatMap((token, index, tokens) => {
      const inline = tokens[index + 2];
      if (token.type !== "blockquote_open" || inline?.type !== "inline") return token;
      const [marker, name = ""] = /^\[!(\w+)\](?:\n|$)/.exec(inline.content) ?? [];
      if (marker === undefined) return token;
      const kind = calloutKinds.find((known) => known.toUpperCase() === name);
      if (!kind) {
        reportUnknown(env, inline, name);
        return token;
      }
      inline.content = inline.content.slice(marker.length);
      if (!inline.content) hideParagraph(tokens, index + 1);
      becomeAlert(token, closing(tokens, index), kind);
      env.needs.add("blocks");
      const line = inline.map?.[0] ?? 0;
      const title = { tag: "p", className: "alert-title", line };
      return [token, ...titleTokens(state.Token, calloutTitle(kind), title)];
    });
  });
}

function reportUnknown(env: RenderEnv, { map }: Token, name: string): void {
  const names = calloutKinds.map((kind) => kind.toUpperCase());
  const near = nearest(name, names);
  const hint = near ? `did you mean "[!${near}]"?` : `known are ${names.join(", ")}`;
  const problem = `unknown kind of note "${name}"`;
  env.problems.push({ line: map?.[0] ?? 0, code: "unknown-alert", problem, hint, about: `[!${name}]` });
}

function becomeAlert(open: Token, close: Token | undefined, kind: CalloutKind): void {
  open.type = "alert_open";
  open.tag = "div";
  becomeCallout(open, kind);
  if (!close) return;
  close.type = "alert_close";
  close.tag = "div";
}

/** Nothing but the marker stood in it. */
function hideParagraph(tokens: readonly Token[], open: number): void {
  for (const token of tokens.slice(open, open + 3)) token.hidden = true;
}

function closing(tokens: readonly Token[], open: number): Token | undefined {
  const level = tokens[open]?.level;
  return tokens.find((token, index) => index > open && token.type === "blockquote_close" && token.level === level);
}
