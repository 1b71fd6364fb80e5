/** Elements in HTML that are opened and never closed: they would take the rest of the page into them. */
import { type Draft, type Edit, edit } from "../draft.ts";
import type { Tell } from "../source-post.ts";
import { nodesOf, parseMarkdown } from "./tokens.ts";

const tag =
  /<!--[\s\S]*?-->|<(script|style|textarea)\b[\s\S]*?<\/\1\s*>|<(\/?)([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
/** Without an end, or with one that may be left out. @see https://html.spec.whatwg.org/#void-elements */
const endless =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|optgroup|colgroup|caption|rt|rp|html|head|body)$/;

interface Opening {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Among words, not in a block of HTML. */
  readonly isInline: boolean;
}

export function mendUnclosed(draft: Draft, tell: Tell): Draft {
  const gap = draft.text.endsWith("\n") ? "\n" : "\n\n";
  const edits = unclosed(draft.text).map((opening): Edit => {
    const { name, start, end, isInline } = opening;
    const done = !isInline ? "closed at the end of the post" : name === "a" ? "closed at once" : "became text";
    tell(draft.originOf(start), "html", `HTML element <${name}> that is never closed`, done);
    if (!isInline) return { start: draft.text.length, end: draft.text.length, text: `${gap}</${name}>\n` };
    return name === "a" ? { start: end, end, text: "</a>" } : { start, end: start + 1, text: "&lt;" };
  });
  return edit(draft, edits);
}

/** The last of them first, as they have to be closed. */
function unclosed(text: string): readonly Opening[] {
  const open: Opening[] = [];
  const passed: Opening[] = [];
  for (const node of nodesOf(parseMarkdown(text), "htmlFlow", "htmlText")) {
    for (const match of text.slice(node.start, node.end).matchAll(tag)) {
      const [whole, , closes, written = "", attributes = ""] = match;
      const name = written.toLowerCase();
      const start = node.start + match.index;
      if (name === "" || endless.test(name) || attributes.endsWith("/")) continue;
      if (!closes) open.push({ name, start, end: start + whole.length, isInline: node.type === "htmlText" });
      const at = closes ? open.findLastIndex((one) => one.name === name) : -1;
      if (at >= 0)
        passed.push(
          ...open
            .splice(at)
            .slice(1)
            .filter(({ isInline }) => isInline),
        );
    }
  }
  return [...passed, ...open].toReversed();
}
