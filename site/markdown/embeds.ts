/** `::: embed https://… Title`: a card in the place of a player or a post of another site, which asks nobody for anything. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { html } from "../html.ts";
import { titleTokens } from "./callouts.ts";
import type { Container } from "./container-kinds.ts";

/** The card's title is a link, with the host behind it; what stands in the container describes it. */
export function beginEmbed(container: Container): void {
  const { state, token, title, line } = container;
  token.attrJoin("class", "embed");
  const [, address = "", text = ""] = /^(\S*)\s*(.*)$/.exec(title) ?? [];
  const isAddress = /^https?:\/\//i.test(address) && URL.canParse(address);
  if (!isAddress) tell(container, "embed-address", "an embed needs an address", "write ::: embed https://… Title");
  else if (!text) tell(container, "embed-title", "the embed has no title", "write it behind the address");
  const tokens = titleTokens(state.Token, text || address, { tag: "p", className: "embed-title", line });
  if (isAddress) tokens[1].meta = { address };
  state.tokens.push(...tokens);
}

export function embedLinks(markdown: MarkdownIt): void {
  markdown.core.ruler.after("inline", "embed-links", (state) => {
    for (const inline of state.tokens) {
      const address: unknown = inline.meta?.address;
      if (inline.type !== "inline" || typeof address !== "string") continue;
      const host = new state.Token("html_inline", "", 0);
      host.content = html` <span>${new URL(address).host.replace(/^www\./, "")}</span>`.markup;
      const open = new state.Token("link_open", "a", 1);
      open.attrSet("href", markdown.normalizeLink(address));
      const text = (inline.children ?? []).filter(isNoLink);
      inline.children = [open, ...text, new state.Token("link_close", "a", -1), host];
    }
  });
}

/** A link cannot hold another. */
function isNoLink({ type }: Token): boolean {
  return type !== "link_open" && type !== "link_close";
}

function tell({ env, line }: Container, code: string, problem: string, hint: string): void {
  env.problems.push({ line, code, problem, hint });
}
