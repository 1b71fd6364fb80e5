/** Task lists: items that begin with `[ ]` or `[x]`. @see https://github.github.com/gfm/#task-list-items-extension- */
import type MarkdownIt from "markdown-it";

const boxes = { " ": ["☐", "To do"], x: ["☑", "Done"] } as const;

export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.push("task-lists", (state) => {
    for (const [index, token] of state.tokens.entries()) {
      const item = state.tokens[index - 2];
      const [first] = token.children ?? [];
      const mark = /^\[([ xX])\] /.exec(first?.type === "text" ? first.content : "")?.[1]?.toLowerCase();
      if (item?.type !== "list_item_open" || !first || (mark !== " " && mark !== "x")) continue;
      const [sign, words] = boxes[mark];
      const box = new state.Token("html_inline", "", 0);
      box.content = `<span role="img" aria-label="${words}">${sign}</span> `;
      first.content = first.content.slice(4);
      token.children?.unshift(box);
      item.attrJoin("class", "task");
      state.env.needs.add("blocks");
    }
  });
}
