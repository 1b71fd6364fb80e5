/** The one markdown-it that every article goes through, and what it adds to CommonMark. */
import MarkdownIt from "markdown-it";
import definitionLists from "markdown-it-deflist";
import footnotes from "markdown-it-footnote";
import { alerts } from "./alerts.ts";
import { codeBlocks } from "./code.ts";
import { containers } from "./containers.ts";
import { footnoteMarkup } from "./footnotes.ts";
import { headingAnchors } from "./headings.ts";
import { inlineLines } from "./inline-lines.ts";
import { tableBoxes } from "./tables.ts";
import { tabs } from "./tabs.ts";
import { taskLists } from "./tasks.ts";

/** Raw HTML is the author's own and passes; everything else is escaped. */
export function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownIt({ html: true, linkify: true, typographer: true });
  // What has no scheme is more often a file than a host: README.md, main.rs.
  markdown.linkify.set({ fuzzyLink: false });
  return markdown
    .use(definitionLists)
    .use(footnotes)
    .use(footnoteMarkup)
    .use(inlineLines)
    .use(headingAnchors)
    .use(alerts)
    .use(tabs)
    .use(containers)
    .use(taskLists)
    .use(tableBoxes)
    .use(codeBlocks);
}
