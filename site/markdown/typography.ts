/** Quotation marks, dashes and ellipses in the place of what keyboards have. */
import type MarkdownIt from "markdown-it";

/** Outer and inner pair. French ones stand off by a space that does not break. */
type Quotes = readonly [open: string, close: string, innerOpen: string, innerClose: string];

const english: Quotes = ["“", "”", "‘", "’"];
const germanic: Quotes = ["„", "“", "‚", "‘"];
const romance: Quotes = ["«", "»", "“", "”"];
const slavic: Quotes = ["«", "»", "„", "“"];
const nordic: Quotes = ["”", "”", "’", "’"];

const byLanguage: Readonly<Record<string, Quotes>> = {
  cs: germanic,
  da: ["„", "“", "‚", "‘"],
  de: germanic,
  "de-ch": ["«", "»", "‹", "›"],
  el: romance,
  es: romance,
  fi: nordic,
  fr: ["«\u00a0", "\u00a0»", "“", "”"],
  hu: ["„", "”", "»", "«"],
  it: romance,
  nb: ["«", "»", "‘", "’"],
  no: ["«", "»", "‘", "’"],
  pl: ["„", "”", "«", "»"],
  pt: romance,
  ru: slavic,
  sk: germanic,
  sl: germanic,
  sv: nordic,
  uk: slavic,
};

/** `language` is BCP 47; English marks for languages that are not known. */
export function quotesOf(language: string): Quotes {
  const tag = language.toLowerCase();
  return byLanguage[tag] ?? byLanguage[tag.split("-")[0] ?? ""] ?? english;
}

/** In place of the parser's own rule, which takes `(c)` in a list for a copyright and `1..10` for an ellipsis. */
export function dashesAndEllipses(markdown: MarkdownIt): void {
  markdown.disable("replacements");
  markdown.core.ruler.after("linkify", "dashes-and-ellipses", (state) => {
    for (const { children } of state.tokens) {
      let isAddress = false;
      let before = "";
      for (const token of children ?? []) {
        const { content } = token;
        if (token.info === "auto") isAddress = token.nesting === 1;
        else if (token.type === "text" && !isAddress && hasSigns(content)) token.content = typeset(content, before);
        before = content.slice(-1);
      }
    }
  });
}

const signs: readonly (readonly [typed: RegExp, set: string])[] = [
  [/(?<!\.)\.{3}(?!\.)/g, "…"],
  [/(?<!-)---(?!-)/g, "—"],
  [/(?<=^|\s)--(?=\s|$)|(?<=[^\s-])--(?=[^\s-])/gm, "–"],
];

/** Few texts have anything to change. */
function hasSigns(text: string): boolean {
  return text.includes("--") || text.includes("...");
}

/** `before` is the character in front of the text, which may have been escaped. */
function typeset(text: string, before: string): string {
  const change = (whole: string, [typed, set]: (typeof signs)[number]) =>
    whole.replace(typed, (found, at: number) => (at < before.length ? found : set));
  return signs.reduce(change, before + text).slice(before.length);
}
