/** Gives every piece of text its lines: the parser leaves out those of table cells, and ends those of terms too early. */
import type MarkdownIt from "markdown-it";

export function inlineLines(markdown: MarkdownIt): void {
  markdown.core.ruler.after("block", "inline-lines", (state) => {
    let around: [number, number] = [0, 1];
    for (const token of state.tokens) {
      if (token.type !== "inline") around = token.map ?? around;
      else token.map ??= around;
      if (token.map && token.map[1] <= token.map[0]) token.map = [token.map[0], token.map[0] + 1];
    }
  });
}
