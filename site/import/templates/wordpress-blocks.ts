/** Blocks of WordPress's editor that have no HTML of their own. @see https://developer.wordpress.org/block-editor/getting-started/fundamentals/markup-representation-block/ */
import { escapeHtml } from "../../html.ts";
import { type Draft, type Edit, edit } from "../draft.ts";
import { commentOf } from "../leave-out.ts";
import { shortened, type TemplatePage } from "./carry-over.ts";
import type { WordPressPost } from "./wordpress-handlers.ts";

const dynamicBlock = /<!--\s*(?:wp:([\w/-]+)\s*(\{(?:(?!-->)[\s\S])*\})?\s*\/|(nextpage)\s*)-->/g;

/** Blocks that WordPress fills when it shows the page; all others have their HTML between two comments. */
export function dynamicBlocks(draft: Draft, post: WordPressPost, page: TemplatePage): Draft {
  const edits: Edit[] = [];
  const place = (match: RegExpExecArray, text: string) =>
    edits.push({ start: match.index, end: match.index + match[0].length, text });
  for (const match of draft.text.matchAll(dynamicBlock)) {
    const [all, name = "", settings = ""] = match;
    const ref = /"ref":\s*(\d+)/.exec(settings)?.[1];
    const shared = name === "block" && ref ? post.blocks.get(ref) : undefined;
    const tell = (done: string) => page.tell(draft.originOf(match.index), "template", `block ${shortened(all)}`, done);
    if (name === "footnotes") place(match, footnotesHtml(post.footnotes));
    else if (name === "more" || name === "spacer") place(match, "");
    else if (shared !== undefined) place(match, shared);
    else {
      tell(name ? "left in the post as a comment" : "left out; the pages became one");
      place(match, name ? commentOf(all.replace(/^<!--\s*|\s*\/?-->$/g, "")) : "");
    }
  }
  return edit(draft, edits);
}

function footnotesHtml(notes: WordPressPost["footnotes"]): string {
  const items = notes.map(
    ({ id, content }) => `<li id="${escapeHtml(id)}">${content} <a href="#${escapeHtml(id)}-link">↩︎</a></li>`,
  );
  return `<ol>${items.join("")}</ol>`;
}
