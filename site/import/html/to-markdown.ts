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
import { takeMarks } from "./marks.ts";
import { tellLooks } from "./notices.ts";
import { dropPlaces, parsePage } from "./page.ts";
import { partParagraphs } from "./paragraphs.ts";
import { writer } from "./rules.ts";
import { plainTables } from "./tables.ts";
import { tidy } from "./tidy.ts";

export interface HtmlBody {
  /** Blank lines part paragraphs that no tags do; `lines`: and line ends break lines. As WordPress has it. */
  readonly paragraphs?: "blocks" | "lines" | undefined;
}

export function toMarkdown(draft: Draft, { paragraphs }: HtmlBody, tell: Tell): Draft {
  const page = parsePage(draft, tell, { texts: paragraphs !== undefined });
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
  escapeTexts(page.root);
  return takeMarks(writer().turndown(page.root as HTMLElement), draft);
}
