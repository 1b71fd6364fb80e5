/** An article's markup as plain text, code included: for search, for likeness, for excerpts. */
import type { Html } from "../html.ts";
import { withoutSidenotes } from "../markdown/sidenotes.ts";

/** What unfolds a block of code. */
const control = /<label><input type="checkbox">[^<]*<\/label>/g;
/** Elements whose words nobody reads as text, with all that is in them. */
const silent =
  /<(svg|style|script|sup class="footnote-ref"|a [^>]*class="footnote-back")\b[^>]*>[\s\S]*?<\/(?:svg|style|script|sup|a)>/g;
const inline = /<\/?(?:a|abbr|b|bdi|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var)\b[^>]*>/g;
const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};

/** One line; what stood in blocks of its own is apart by a space. */
export function plainText({ markup }: Html): string {
  return withoutSidenotes(markup)
    .replace(silent, "")
    .replace(control, "")
    .replace(inline, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, " ")
    .trim();
}
