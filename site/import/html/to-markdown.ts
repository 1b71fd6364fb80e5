/** HTML of another engine made our Markdown; what Markdown cannot say is told where it stands. */
import type { Draft } from "../draft.ts";
import type { Tell } from "../source-post.ts";
import { markAnchors } from "./anchors.ts";
import { plainCards } from "./cards.ts";
import { markCode } from "./code.ts";
import { linkEmbeds } from "./embeds.ts";
import { escapeTexts } from "./escape-texts.ts";
import { plainFigures } from "./figures.ts";
import { markFootnotes } from "./footnotes.ts";
import { raiseHeadings } from "./headings.ts";
import { dropComments, leavePrograms } from "./leave.ts";
import { markLists } from "./lists.ts";
import { takeMarks } from "./marks.ts";
import { tellLooks } from "./notices.ts";
import { dropPlaces, elementsAt, emptied, fill, parsePage } from "./page.ts";
import { partParagraphs } from "./paragraphs.ts";
import { writer } from "./rules.ts";
import { plainTables } from "./tables.ts";
import { tidy } from "./tidy.ts";

export interface HtmlBody {
  /** Blank lines part paragraphs that no tags do; `lines`: and line ends break lines. As WordPress has it. */
  readonly paragraphs?: "blocks" | "lines" | undefined;
  /** Offset of the element that holds the text; absent where all of it is the text. */
  readonly only?: number | undefined;
  /** Offsets of elements that are left out in silence. */
  readonly without?: readonly number[] | undefined;
}

export function toMarkdown(draft: Draft, { paragraphs, only, without = [] }: HtmlBody, tell: Tell): Draft {
  const page = parsePage(draft, tell, { texts: paragraphs !== undefined });
  for (const element of without.flatMap((place) => elementsAt(page, place))) element.remove();
  const [body] = only === undefined ? [] : elementsAt(page, only);
  if (body) fill(emptied(page.root), [...body.childNodes]);
  tellLooks(page);
  markCode(page);
  dropComments(page);
  plainCards(page);
  if (paragraphs) partParagraphs(page, { breaksLines: paragraphs === "lines" });
  dropPlaces(page.root);
  markFootnotes(page);
  markAnchors(page);
  raiseHeadings(page);
  linkEmbeds(page);
  plainFigures(page);
  leavePrograms(page);
  plainTables(page);
  tidy(page);
  markLists(page);
  escapeTexts(page.root);
  return takeMarks(writer().turndown(page.root as HTMLElement), draft);
}
