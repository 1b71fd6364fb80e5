/** Footnotes whose links say what they are: numbers without brackets, labels for screen readers. */
import type MarkdownIt from "markdown-it";
import { sidenoteMarkup } from "./sidenotes.ts";

export function footnoteMarkup(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  rules["footnote_ref"] = (tokens, index, options, env, self) => {
    const { id, subId, beside } = tokens[index]?.meta ?? {};
    const n = Number(id) + 1;
    // Beside its note the number is no link: there is nowhere to go.
    const number = beside ? ` data-n="${n}"` : "";
    const link = `<a href="#fn${n}" aria-label="Footnote ${n}">${n}</a>`;
    const mark = `<sup class="footnote-ref" id="${referenceId(n, subId)}"${number}>${link}</sup>`;
    return beside ? mark + sidenoteMarkup(n, self.renderInline(beside, options, env)) : mark;
  };
  rules["footnote_block_open"] = (tokens, index) => {
    const beside = tokens[index]?.meta?.isBeside ? " beside" : "";
    return `<section class="footnotes${beside}" aria-label="Footnotes"><ol>\n`;
  };
  rules["footnote_block_close"] = () => "</ol></section>\n";
  rules["footnote_open"] = (tokens, index) => {
    const { id, isBeside, isAmongBeside } = tokens[index]?.meta ?? {};
    const n = Number(id) + 1;
    if (isBeside) return `<li id="fn${n}" class="beside">`;
    return isAmongBeside ? `<li id="fn${n}" value="${n}">` : `<li id="fn${n}">`;
  };
  rules["footnote_anchor"] = (tokens, index) => {
    const { id, subId } = tokens[index]?.meta ?? {};
    const n = Number(id) + 1;
    return ` <a href="#${referenceId(n, subId)}" class="footnote-back" aria-label="Back to reference ${n}${subId > 0 ? `, use ${subId + 1}` : ""}">↩︎</a>`;
  };
}

function referenceId(n: number, subId: number): string {
  return subId > 0 ? `fnref${n}-${subId + 1}` : `fnref${n}`;
}
