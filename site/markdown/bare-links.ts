/** Addresses that stand in the text as they are: links, shown without what readers do not need. */
import type MarkdownIt from "markdown-it";

/** Only with `https://` or `http://` in front: `README.md` and `setup.py` are no hosts, and `git@example.com:x` is no mailbox. */
export function bareLinks(markdown: MarkdownIt): void {
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  markdown.linkify.add("ftp:", null).add("//", null).add("mailto:", null);
  markdown.core.ruler.after("linkify", "bare-links", (state) => {
    for (const { children } of state.tokens) {
      for (const [index, token] of (children ?? []).entries()) {
        const text = children?.[index + 1];
        if (token.type === "link_open" && token.markup === "linkify" && text) text.content = shown(text.content);
      }
    }
  });
}

/** `https://example.com/` → `example.com` */
function shown(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/^([^/]+)\/$/, "$1");
}
