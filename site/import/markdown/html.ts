/** HTML in a Markdown text that pages of ours do not load: frames become links, programs comments. */
import { escapeHtml } from "../../html.ts";
import { type Draft, type Edit, edit } from "../draft.ts";
import { commentOf } from "../leave-out.ts";
import { oneLine } from "../names.ts";
import type { Tell } from "../source-post.ts";
import { frameLink } from "../templates/embeds.ts";
import { isWithin, nodesOf, parseMarkdown } from "./tokens.ts";

const frame = /<iframe\b((?:[^>"']|"[^"]*"|'[^']*')*)>(?:[\s\S]*?<\/iframe\s*>)?/gi;
const program = /<(script|style|object|embed|form)\b(?:[^>"']|"[^"]*"|'[^']*')*>(?:[\s\S]*?<\/\1\s*>)?/gi;

export function mendHtml(draft: Draft, tell: Tell): Draft {
  const { text } = draft;
  const edits = nodesOf(parseMarkdown(text), "htmlFlow", "paragraph").flatMap((node): Edit[] => {
    const html = text.slice(node.start, node.end);
    const isHtml = (at: number) =>
      node.type === "htmlFlow" || nodesOf(node, "htmlText").some(({ start }) => start === at);
    const comments = [...html.matchAll(/<!--[\s\S]*?-->/g)].map(({ 0: all, index }) => ({
      start: node.start + index,
      end: node.start + index + all.length,
    }));
    const found: Edit[] = [];
    for (const match of [...html.matchAll(frame), ...html.matchAll(program)]) {
      const start = node.start + match.index;
      if (!isHtml(start) || isWithin(comments, start)) continue;
      const isFrame = match[0].toLowerCase().startsWith("<iframe");
      const link = isFrame ? frameLink(attributeOf(match[1] ?? "", "src")) : undefined;
      const name = `<${match[0].slice(1).split(/[\s>]/)[0]?.toLowerCase()}>`;
      tell(
        draft.originOf(start),
        "html",
        `HTML element ${name}`,
        link ? "became a link" : "left in the post as a comment",
      );
      const by = link ? `<a href="${escapeHtml(link.href)}">${escapeHtml(link.name)}</a>` : commentOf(match[0]);
      found.push({ start, end: start + match[0].length, text: by });
    }
    return found;
  });
  return edit(draft, edits);
}

/** Value of an attribute between the brackets of a tag; empty when it is not there. */
export function attributeOf(attributes: string, name: string): string {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(attributes);
  return oneLine((match?.[1] ?? match?.[2] ?? match?.[3] ?? "").replaceAll("&amp;", "&"));
}
