/** The markdown-it that every article goes through, and what it adds to CommonMark. */
import MarkdownIt from "markdown-it";
import abbreviations from "markdown-it-abbr";
import definitionLists from "markdown-it-deflist";
import footnotes from "markdown-it-footnote";
import { alerts } from "./alerts.ts";
import { attributes } from "./attributes.ts";
import { bareLinks } from "./bare-links.ts";
import { codeBlocks } from "./code.ts";
import { containers } from "./containers.ts";
import { noDataLinks } from "./data-links.ts";
import { embedLinks } from "./embeds.ts";
import { footnoteMarkup } from "./footnotes.ts";
import { headingAnchors } from "./headings.ts";
import { inlineLines } from "./inline-lines.ts";
import { math } from "./math.ts";
import { rareElements } from "./needs.ts";
import { pictures } from "./pictures.ts";
import { raisedAndLowered } from "./raised.ts";
import { sidenotes } from "./sidenotes.ts";
import { tableBoxes } from "./tables.ts";
import { taskLists } from "./tasks.ts";
import { dashesAndEllipses, quotesOf } from "./typography.ts";

const made = new Map<string, MarkdownIt>();

/** One for each set of quotation marks. `language` is BCP 47. */
export function markdownFor(language: string): MarkdownIt {
  const quotes = quotesOf(language);
  const known = made.get(quotes.join());
  if (known) return known;
  const markdown = createMarkdown(quotes);
  made.set(quotes.join(), markdown);
  return markdown;
}

/** Raw HTML is the author's own and passes; everything else is escaped. */
function createMarkdown(quotes: readonly string[]): MarkdownIt {
  return new MarkdownIt({ html: true, linkify: true, typographer: true, quotes: [...quotes] })
    .use(definitionLists)
    .use(abbreviations)
    .use(footnotes)
    .use(footnoteMarkup)
    .use(math)
    .use(sidenotes)
    .use(raisedAndLowered)
    .use(inlineLines)
    .use(attributes)
    .use(noDataLinks)
    .use(embedLinks)
    .use(bareLinks)
    .use(dashesAndEllipses)
    .use(headingAnchors)
    .use(alerts)
    .use(containers)
    .use(taskLists)
    .use(tableBoxes)
    .use(codeBlocks)
    .use(pictures)
    .use(rareElements);
}
