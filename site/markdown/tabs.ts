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
    const opening = tokens.filter((token) => token.type === "container_tabs_open");
    const lines = opening.length > 0 ? src.split("\n") : [];
    for (const [index, open] of opening.entries()) {
      open.meta = { number: index + 1 };
      makeTabs(open, childrenOf(tokens, open), env);
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

function childrenOf(tokens: readonly Token[], open: Token): readonly Token[] {
  const from = tokens.indexOf(open) + 1;
  const to = tokens.findIndex(
    ({ type, level }, at) => at >= from && type === "container_tabs_close" && level === open.level,
  );
  return tokens.slice(from, to).filter(({ level, nesting }) => level === open.level + 1 && nesting >= 0);
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
