/** What each container of `:::` is in HTML. */
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import type Token from "markdown-it/lib/token.mjs";
import { becomeCallout, calloutKinds, calloutTitle, titleTokens } from "./callouts.ts";
import { beginEmbed } from "./embeds.ts";
import type { ArticleNeed, RenderEnv } from "./render.ts";
import { makeTabs } from "./tabs.ts";

export interface Container {
  readonly state: StateBlock;
  readonly env: RenderEnv;
  /** Its opening tag. */
  readonly token: Token;
  /** What stands behind its name. */
  readonly title: string;
  /** Bare words in its braces. */
  readonly words: readonly string[];
  /** 0-based. */
  readonly line: number;
}

export interface ContainerKind {
  /** Name of the element; empty for none. */
  readonly tag: string;
  /** Bare words that its braces may hold. */
  readonly words?: readonly string[];
  /** Its styles; `blocks` when absent. */
  readonly needs?: ArticleNeed;
  /** Before what stands in it is parsed. */
  readonly begin?: (container: Container) => void;
  /** `inside` are the tokens of what stands in it. */
  readonly finish?: (container: Container, inside: readonly Token[]) => void;
}

const aside: ContainerKind = {
  tag: "div",
  begin: (container) => {
    container.token.attrJoin("class", "aside");
    container.token.attrSet("role", "note");
    if (container.title) pushTitle(container, container.title, { tag: "p", className: "alert-title" });
  },
};

const details: ContainerKind = {
  tag: "details",
  words: ["open"],
  begin: (container) => {
    if (container.words.includes("open")) container.token.attrSet("open", "");
    pushTitle(container, container.title || "Details", { tag: "summary" });
  },
};

const figure: ContainerKind = {
  tag: "figure",
  finish: (container, inside) => {
    if (container.title) pushTitle(container, container.title, { tag: "figcaption" });
    else if (!captionFrom(inside)) tellNoCaption(container);
  },
};

/** By the name behind the colons. */
export const containerKinds: ReadonlyMap<string, ContainerKind> = new Map<string, ContainerKind>([
  ...calloutKinds.map((kind) => [kind, callout(kind)] as const),
  ["details", details],
  ["figure", figure],
  ["aside", aside],
  ["embed", { tag: "div", begin: beginEmbed }],
  ["tabs", { tag: "div", needs: "rare", finish: makeTabs }],
]);

function callout(kind: (typeof calloutKinds)[number]): ContainerKind {
  return {
    tag: "div",
    begin: (container) => {
      becomeCallout(container.token, kind);
      pushTitle(container, container.title || calloutTitle(kind), { tag: "p", className: "alert-title" });
    },
  };
}

function pushTitle({ state, line }: Container, text: string, element: { tag: string; className?: string }): void {
  state.tokens.push(...titleTokens(state.Token, text, { ...element, line }));
}

/** The last paragraph of a figure, when something stands above it. */
function captionFrom(inside: readonly Token[]): boolean {
  const close = inside.at(-1);
  const at = inside.findLastIndex(({ type, level }) => type === "paragraph_open" && level === close?.level);
  const open = inside[at];
  if (close?.type !== "paragraph_close" || !open || at === 0) return false;
  open.tag = close.tag = "figcaption";
  return true;
}

function tellNoCaption({ env, line }: Container): void {
  const hint = 'write it behind "figure", or as the last paragraph';
  env.problems.push({ line, code: "figure-caption", problem: "the figure has no caption", hint });
}
