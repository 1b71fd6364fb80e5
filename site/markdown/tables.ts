/** Every table stands in a scroll box of its own, so that prose never pans with it (WCAG 1.4.10). */
import type MarkdownIt from "markdown-it";
import { boxAttributes } from "./boxes.ts";

export function tableBoxes(markdown: MarkdownIt): void {
  markdown.renderer.rules["table_open"] = (_tokens, _index, _options, env) =>
    `<div class="table-box" ${boxAttributes(env, "Table")}><table>\n`;
  markdown.renderer.rules["table_close"] = () => "</table></div>\n";
  const align: MarkdownIt["renderer"]["rules"][string] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const style = token?.attrGet("style");
    if (token && style) {
      // The policy forbids style attributes; markdown-it writes alignment as one.
      token.attrs = (token.attrs ?? []).filter(([name]) => name !== "style");
      if (!style.endsWith("left")) token.attrJoin("class", style.endsWith("right") ? "right" : "center");
    }
    return self.renderToken(tokens, index, options);
  };
  markdown.renderer.rules["th_open"] = align;
  // An empty header heads nothing: the corner above row names is a plain cell.
  markdown.core.ruler.push("header-cells", (state) => {
    for (const [index, token] of state.tokens.entries()) {
      const content = state.tokens[index + 1]?.content;
      const close = state.tokens[index + 2];
      if (token.type !== "th_open" || !close) continue;
      if (content === "") token.tag = close.tag = "td";
      else token.attrSet("scope", "col");
    }
  });
  markdown.renderer.rules["td_open"] = align;
}
