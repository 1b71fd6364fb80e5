/** Code spans that plugins of Gatsby's made players of: `youtube: https://…` and `gist:user/id`, alone in a paragraph. */
import { type Draft, type Edit, edit } from "../draft.ts";
import { nodesOf, parseMarkdown } from "../markdown/tokens.ts";
import type { TemplatePage } from "./carry-over.ts";
import { embed, embedNames } from "./embeds.ts";

export function gatsby(draft: Draft, { tell }: TemplatePage): Draft {
  const { text } = draft;
  const edits = nodesOf(parseMarkdown(text), "paragraph").flatMap((node): Edit[] => {
    const span = text.slice(node.start, node.end);
    const [, name = "", id = ""] = /^`(\w+):\s*(\S+)`$/.exec(span) ?? [];
    const link = embedNames.includes(name) ? embed(name, id) : undefined;
    if (!link || !("text" in link)) return [];
    tell(draft.originOf(node.start), "template", `embed ${span}`, "became a link");
    return [{ start: node.start, end: node.end, text: link.text }];
  });
  return edit(draft, edits);
}
