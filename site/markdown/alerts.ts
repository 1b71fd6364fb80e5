/** GitHub's alerts: a quotation that begins with `[!NOTE]`. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { nearest } from "../nearest.ts";
import type { RenderEnv } from "./render.ts";

const kinds = ["note", "tip", "important", "warning", "caution"] as const;

export function alerts(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "alerts", (state) => {
    for (const [index, token] of state.tokens.entries()) {
      const inline = state.tokens[index + 2];
      if (token.type !== "blockquote_open" || inline?.type !== "inline") continue;
      const marker = /^\[!(\w+)\](?:\n|$)/.exec(inline.content);
      if (!marker) continue;
      const [, name = ""] = marker;
      const kind = kinds.find((known) => known.toUpperCase() === name);
      if (!kind) {
        reportUnknown(state.env, inline, name);
        continue;
      }
      inline.content = inline.content.slice(marker[0].length);
      becomeAlert(token, closing(state.tokens, index), kind);
      (state.env as RenderEnv).needs.add("blocks");
    }
  });
  markdown.renderer.rules["alert_open"] = (tokens, index) => {
    const kind = tokens[index]?.info ?? "note";
    return `<div class="alert ${kind}" role="note"><p class="alert-title">${kind[0]?.toUpperCase()}${kind.slice(1)}</p>\n`;
  };
  markdown.renderer.rules["alert_close"] = () => "</div>\n";
}

function reportUnknown(env: RenderEnv, { map }: Token, name: string): void {
  const names = kinds.map((kind) => kind.toUpperCase());
  const near = nearest(name, names);
  const hint = near ? `did you mean "[!${near}]"?` : `known are ${names.join(", ")}`;
  const problem = `unknown kind of note "${name}"`;
  env.problems.push({ line: map?.[0] ?? 0, code: "unknown-alert", problem, hint, about: `[!${name}]` });
}

function becomeAlert(open: Token, close: Token | undefined, kind: string): void {
  open.type = "alert_open";
  open.info = kind;
  if (close) close.type = "alert_close";
}

function closing(tokens: readonly Token[], open: number): Token | undefined {
  const level = tokens[open]?.level;
  return tokens.find((token, index) => index > open && token.type === "blockquote_close" && token.level === level);
}
