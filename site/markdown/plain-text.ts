/** An article's markup as plain text, code included: for search, for likeness, for excerpts. */
import type { Html } from "../html.ts";
import { withoutSidenotes } from "../markdown/sidenotes.ts";

/** A stretch of an article: a block of code, or what stands between two. */
export interface TextPart {
  readonly isCode: boolean;
  /** One line, without space at its ends; not empty. */
  readonly text: string;
}

const codeBlock = /(<pre\b[^>]*>[\s\S]*?<\/pre>)/;
/** What unfolds a block of code. */
const control = /<label><input type="checkbox">[^<]*<\/label>/g;
/** Elements whose words nobody reads as text, with all that is in them. */
const silent =
  /<(svg|style|script|sup class="footnote-ref"|a [^>]*class="footnote-back")\b[^>]*>[\s\S]*?<\/(?:svg|style|script|sup|a)>/g;
const inline = /<\/?(?:a|abbr|b|bdi|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var)\b[^>]*>/g;
/** Space that is not one space already: of most of it nothing is to be made. */
const unevenSpace = /[^\S ]\s*| \s+/g;
const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};

/** What stood in blocks of its own is apart by a space. */
export function textParts({ markup }: Html): readonly TextPart[] {
  return withoutSidenotes(markup)
    .replace(silent, "")
    .replace(control, "")
    .split(codeBlock)
    .map((part, at) => ({ isCode: at % 2 === 1, text: withoutTags(part) }))
    .filter(({ text }) => text !== "");
}

/** One line. */
export function joined(parts: readonly TextPart[]): string {
  return parts.map(({ text }) => text).join(" ");
}

/** One line; see {@link textParts}. */
export function plainText(html: Html): string {
  return joined(textParts(html));
}

function withoutTags(markup: string): string {
  return markup
    .replace(inline, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity)
    .replace(unevenSpace, " ")
    .trim();
}
