/** Lines of kramdown's that mean the block above them. @see https://kramdown.gettalong.org/syntax.html#inline-attribute-lists */
import { type Draft, replaceAll } from "../draft.ts";
import { codeOf, isWithin, parseMarkdown } from "../markdown/tokens.ts";
import type { TemplatePage } from "./carry-over.ts";

const heading = String.raw`(#{1,6}[ \t].*)`;
const id = String.raw`\{:[ \t]*(#[\w:.-]+)[ \t]*\}`;
const contents = String.raw`[ \t]*(?:[*+-]|1\.)[ \t].*\n(\{:[ \t]*toc[^}\n]*\})`;
const lines = new RegExp(`^(?:${heading}\\n${id}|${id}\\n${heading}|${contents})[ \\t]*$`, "gim");

/** The name of a heading goes to its line; the list that only stood for the contents goes away. */
export function kramdown(draft: Draft, { tell }: TemplatePage): Draft {
  if (!draft.text.includes("{:")) return draft;
  const code = codeOf(parseMarkdown(draft.text));
  return replaceAll(draft, lines, ({ index, 1: above, 2: itsId, 3: nextId, 4: below, 5: toc }) => {
    if (isWithin(code, index)) return undefined;
    if (!toc) return `${above ?? below} {${itsId ?? nextId}}`;
    tell(draft.originOf(index), "template", `tag ${toc}`, "left out; the contents list is made by itself");
    return "";
  });
}
