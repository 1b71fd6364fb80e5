/** `::: tabs`: one thing in several languages. Radio buttons choose, so that it needs no script. */
import type Token from "markdown-it/lib/token.mjs";
import { boxLabel } from "./boxes.ts";
import type { Container } from "./container-kinds.ts";
import { drawnFences } from "./drawn-fences.ts";
import { parseFenceInfo } from "./fence-info.ts";
import { languageTitle } from "./languages.ts";

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

/** `inside` are the tokens of what stands in the container. */
export function makeTabs({ token, env, title }: Container, inside: readonly Token[]): void {
  const label = boxLabel(env, "Variants", title);
  token.attrJoin("class", "tabs");
  token.attrSet("role", "group");
  token.attrSet("aria-label", label);
  const report = ({ map }: Token, problem: string, hint?: string) =>
    env.problems.push({ line: map?.[0] ?? 0, code: "tabs", problem, hint });
  const children = inside.filter(({ level, nesting }) => level === token.level + 1 && nesting >= 0);
  const group = `tabs-${env.boxes.Variants}`;
  const labels = new Set<string>();
  for (const child of children) {
    const info = parseFenceInfo(child.info);
    if (child.type !== "fence" || drawnFences.has(info.language)) {
      report(child, "tabs hold nothing but blocks of code");
      continue;
    }
    const name = info.options.get("title") || languageTitle(info.language) || "Text";
    if (labels.has(name)) report(child, `there are two tabs "${name}"`, 'give one a title="…"');
    child.meta = { tab: { group, label: name, isFirst: labels.size === 0 } satisfies Tab };
    labels.add(name);
  }
  if (children.length < 2) report(token, "tabs need two blocks of code or more");
}
