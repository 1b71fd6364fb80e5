/** GitHub's alerts: a quotation that begins with `[!NOTE]`. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";

const kinds = ["note", "tip", "important", "warning", "caution"] as const;

export function alerts(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "alerts", (state) => {
    for (const [index, token] of state.tokens.entries()) {
      const inline = state.tokens[index + 2];
      if (token.type !== "blockquote_open" || inline?.type !== "inline") continue;
      const marker = /^\[!([A-Z]+)\](?:\n|$)/.exec(inline.content);
      const kind = kinds.find((known) => known === marker?.[1]?.toLowerCase());
      if (!marker || !kind) continue;
      inline.content = inline.content.slice(marker[0].length);
      becomeAlert(token, closing(state.tokens, index), kind);
    }
  });
  markdown.renderer.rules["alert_open"] = (tokens, index) => {
    const kind = tokens[index]?.info ?? "note";
    return `<div class="alert ${kind}" role="note"><p class="alert-title">${kind[0]?.toUpperCase()}${kind.slice(1)}</p>\n`;
  };
  markdown.renderer.rules["alert_close"] = () => "</div>\n";
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
