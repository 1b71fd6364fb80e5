/** Footnotes whose links say what they are: numbers without brackets, labels for screen readers. */
import type MarkdownIt from "markdown-it";

export function footnoteMarkup(markdown: MarkdownIt): void {
  const { rules } = markdown.renderer;
  rules["footnote_ref"] = (tokens, index) => {
    const { id, subId } = tokens[index]?.meta ?? {};
    const n = Number(id) + 1;
    return `<sup class="footnote-ref"><a href="#fn${n}" id="${referenceId(n, subId)}" aria-label="Footnote ${n}">${n}</a></sup>`;
  };
  rules["footnote_block_open"] = () => `<section class="footnotes" aria-label="Footnotes"><ol>\n`;
  rules["footnote_block_close"] = () => "</ol></section>\n";
  rules["footnote_open"] = (tokens, index) => `<li id="fn${Number(tokens[index]?.meta.id) + 1}">`;
  rules["footnote_anchor"] = (tokens, index) => {
    const { id, subId } = tokens[index]?.meta ?? {};
    const n = Number(id) + 1;
    return ` <a href="#${referenceId(n, subId)}" class="footnote-back" aria-label="Back to reference ${n}${subId > 0 ? `, use ${subId + 1}` : ""}">↩︎</a>`;
  };
}

function referenceId(n: number, subId: number): string {
  return subId > 0 ? `fnref${n}-${subId + 1}` : `fnref${n}`;
}
