/** Lines of kramdown's that mean the block above them. @see https://kramdown.gettalong.org/syntax.html#inline-attribute-lists */
import { type Draft, replaceAll } from "../draft.ts";
import { codeOf, isWithin, parseMarkdown } from "../markdown/tokens.ts";
import type { TemplatePage } from "./carry-over.ts";

const below =
  /^(?:(#{1,6}[ \t].*)\n\{:[ \t]*(#[\w:.-]+)[ \t]*\}|[ \t]*(?:[*+-]|1\.)[ \t].*\n\{:[ \t]*toc[^}\n]*\})[ \t]*$/gim;

/** The name of a heading goes to its line; the list that only stood for the contents goes away. */
export function kramdown(draft: Draft, { tell }: TemplatePage): Draft {
  if (!draft.text.includes("\n{:")) return draft;
  const code = codeOf(parseMarkdown(draft.text));
  return replaceAll(draft, below, ({ index, 0: whole, 1: heading, 2: id }) => {
    if (isWithin(code, index)) return undefined;
    if (heading) return `${heading} {${id}}`;
    tell(
      draft.originOf(index),
      "template",
      `tag ${whole.split("\n").at(-1)}`,
      "left out; the contents list is made by itself",
    );
    return "";
  });
}
