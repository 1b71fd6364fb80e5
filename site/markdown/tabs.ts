/** `::: tabs`: one thing in several languages. Radio buttons choose, so that it needs no script. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import container from "markdown-it-container";
import { html } from "../html.ts";
import { parseFenceInfo } from "./fence-info.ts";
import { languageTitle } from "./languages.ts";
import type { RenderEnv } from "./render.ts";

export interface Tab {
  /** Name that the radio buttons of a group share. */
  readonly group: string;
  readonly label: string;
  readonly isFirst: boolean;
}

/** Absent for a fence that stands by itself. */
export function tabOf(token: Token): Tab | undefined {
  return token.meta?.tab;
}

/** To be used before the containers that take any name. */
export function tabs(markdown: MarkdownIt): void {
  markdown.use(container, "tabs", { render: tabsMarkup });
  markdown.core.ruler.after("block", "tabs", ({ tokens, env, src }) => {
    const lines = src.split("\n");
    let number = 0;
    for (const [index, open] of tokens.entries()) {
      if (open.type !== "container_tabs_open") continue;
      number += 1;
      open.meta = { number };
      makeTabs(open, childrenOf(tokens, index), env);
      reportUnclosed(open, lines, env);
    }
  });
}

function tabsMarkup(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  if (token?.nesting !== 1) return "</div>\n";
  const title = token.info.trim().slice("tabs".length).trim();
  return html`<div class="tabs" role="group" aria-label="Variants ${token.meta.number}${title && `: ${title}`}">
`.markup;
}

function childrenOf(tokens: readonly Token[], open: number): readonly Token[] {
  const inside = (tokens[open]?.level ?? 0) + 1;
  const children: Token[] = [];
  for (let at = open + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || token.level < inside) break;
    if (token.level === inside && token.nesting >= 0) children.push(token);
  }
  return children;
}

function makeTabs(open: Token, children: readonly Token[], { problems }: RenderEnv): void {
  const report = ({ map }: Token, problem: string, hint?: string) =>
    problems.push({ line: map?.[0] ?? 0, code: "tabs", problem, hint });
  const labels = new Set<string>();
  for (const child of children) {
    const info = parseFenceInfo(child.info);
    if (child.type !== "fence" || info.language === "chart") {
      report(child, "tabs hold nothing but blocks of code");
      continue;
    }
    const label = info.options.get("title") || languageTitle(info.language) || "Text";
    if (labels.has(label)) report(child, `there are two tabs "${label}"`, 'give one a title="…"');
    child.meta = { tab: { group: `tabs-${open.meta.number}`, label, isFirst: labels.size === 0 } satisfies Tab };
    labels.add(label);
  }
  if (children.length < 2) report(open, "tabs need two blocks of code or more");
}

function reportUnclosed({ map, markup }: Token, lines: readonly string[], { problems }: RenderEnv): void {
  const [line, end] = map ?? [0, 0];
  if (/^[\s>]*:{3,}\s*$/.test(lines[end] ?? "")) return;
  const hint = `close it with a line "${markup}"`;
  problems.push({ line, code: "unclosed-container", problem: "the container is never closed", hint });
}
