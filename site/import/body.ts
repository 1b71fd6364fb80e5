/** A body on its way to our Markdown: everything that needs no other post but by name. */
import { type Draft, replaceAll } from "./draft.ts";
import { toMarkdown } from "./html/to-markdown.ts";
import { mendCode } from "./markdown/code.ts";
import { mendContainers } from "./markdown/containers.ts";
import { mendHeadings } from "./markdown/headings.ts";
import { mendHtml } from "./markdown/html.ts";
import { codeOf, isWithin, parseMarkdown } from "./markdown/tokens.ts";
import { mendUnclosed } from "./markdown/unclosed-html.ts";
import type { PlannedPost } from "./site-plan.ts";
import type { Tell } from "./source-post.ts";

/** How a body names another imported post until all addresses are known. */
export const referenceScheme = "import://";

export function convertBody({ source }: PlannedPost, tell: Tell, refer: (name: string) => string | undefined): Draft {
  let draft = cleaned(source.body, tell);
  if (source.templates) draft = source.templates(draft, { title: source.title, tell, refer });
  if (source.format === "html") draft = toMarkdown(draft, source.html ?? {}, tell);
  else draft = withoutMarks(draft);
  draft = mendCode(draft, tell);
  draft = mendContainers(draft, tell);
  draft = mendHeadings(draft, source.title, tell);
  return source.format === "html" ? draft : mendUnclosed(mendHtml(draft, tell), tell);
}

/** What only said where the summary ends. */
function withoutMarks(draft: Draft): Draft {
  if (!draft.text.includes("<!--")) return draft;
  const code = codeOf(parseMarkdown(draft.text));
  const mark = /<!--\s*(?:more|excerpt|end|truncate)\s*-->[ \t]*\n?/gi;
  return replaceAll(draft, mark, ({ index }) => (isWithin(code, index) ? undefined : ""));
}

/** One kind of line end, and no characters that cannot be shown. */
function cleaned(body: Draft, tell: Tell): Draft {
  const plain = replaceAll(body, /\r\n?/g, () => "\n");
  let told = false;
  // The noncharacters mark places on the way.
  return replaceAll(plain, /[^\P{Cc}\t\n]|[\uFFFE\uFFFF\uFDD0-\uFDD2]/gu, ({ index }) => {
    if (!told) tell(plain.originOf(index), "text", "control characters", "left out");
    told = true;
    return "";
  });
}
