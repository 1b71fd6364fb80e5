/** `H~2~O` and `x^2^`: text that is lowered or raised. */
import type MarkdownIt from "markdown-it";
import type { RuleInline } from "markdown-it/lib/parser_inline.mjs";
import lowered from "markdown-it-sub";
import raised from "markdown-it-sup";

/** Used behind the footnotes, whose `^[note]` goes first: the plug-ins take only the place of their rule from the parser. */
export function raisedAndLowered(markdown: MarkdownIt): void {
  const place = (_before: string, name: string, rule: RuleInline) =>
    markdown.inline.ruler.after("footnote_ref", name, rule);
  const behindFootnotes = { inline: { ruler: { after: place } } };
  lowered(behindFootnotes);
  raised(behindFootnotes);
}
